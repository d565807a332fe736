import { type Frame, scaleX, toPixel } from './frame.ts';
import type { PointWords } from './PlotSurface.tsx';

/** Something that happened along the axis across. */
export interface Flag {
  /** In the values of the axis. */
  at: number;
  sign: 'square' | 'triangle';
  words: PointWords;
  /** When and what, where it is told among others. */
  brief: readonly [when: string, what: string];
}

/** Flags that would cover each other stand as one. */
export interface FlagGroup {
  x: number;
  y: number;
  /** Where none of them is in sight: to which side they are. */
  beyond: 'left' | 'right' | null;
  flags: readonly Flag[];
}

/** In pixels: how near flags stand as one, how far above the frame, and beside it where they are out of sight. */
const [together, above, beside] = [26, 11, 16];
/** How far from a flag the pointer takes it, in pixels. */
const reach = 11;

/** Where flags stand above a frame, from left to right; those out of sight are gathered at its ends. */
export function placeFlags(frame: Frame, flags: readonly Flag[]): FlagGroup[] {
  const { area, view } = frame;
  const ordered = flags.toSorted((a, b) => a.at - b.at);
  const left = ordered.filter(({ at }) => at < view.x.low);
  const right = ordered.filter(({ at }) => at > view.x.high);
  const y = area.top - above;
  return [
    ...endGroup(left, 'left', area.left - beside, y),
    ...groupNear(frame, ordered.slice(left.length, ordered.length - right.length), y),
    ...endGroup(right, 'right', area.left + area.width + beside, y),
  ];
}

function endGroup(flags: readonly Flag[], beyond: 'left' | 'right', x: number, y: number): FlagGroup[] {
  return flags.length === 0 ? [] : [{ x, y, beyond, flags }];
}

/** From one flag on, all that are near to it: however many there are, groups do not run into each other without end. */
function groupNear(frame: Frame, flags: readonly Flag[], y: number): FlagGroup[] {
  const scale = scaleX(frame);
  const groups: { start: number; flags: Flag[] }[] = [];
  for (const flag of flags) {
    const x = toPixel(scale, flag.at);
    const last = groups.at(-1);
    if (last && x - last.start < together) last.flags.push(flag);
    else groups.push({ start: x, flags: [flag] });
  }
  return groups.map(({ start, flags: near }) => {
    const end = toPixel(scale, near.at(-1)?.at ?? Number.NaN);
    return { x: (start + end) / 2, y, beyond: null, flags: near };
  });
}

/** The flags under the pointer. */
export function flagsNear(
  groups: readonly FlagGroup[],
  [px, py]: readonly [x: number, y: number],
): FlagGroup | null {
  return groups.find(({ x, y }) => Math.abs(x - px) <= reach && Math.abs(y - py) <= reach) ?? null;
}

/** So many are told one by one. */
const most = 8;

/** What flags under the pointer say: one all it has, several when and what. */
export function flagWords({ beyond, flags }: FlagGroup): PointWords {
  const [first] = flags;
  const side = beyond === 'left' ? ' · before what is shown' : ' · after what is shown';
  const where = beyond === null ? '' : side;
  if (flags.length === 1 && first) return { ...first.words, title: `${first.words.title}${where}` };
  const told = new Map<string, string[]>();
  for (const { brief } of flags.slice(0, most)) told.set(brief[0], [...(told.get(brief[0]) ?? []), brief[1]]);
  const facts = [...told].map(([when, what]) => [when, what.join(', ')] as const);
  const rest = flags.length - most;
  return {
    title: `${flags.length} together${where}`,
    facts: rest > 0 ? [...facts, ['later', `${rest} more`]] : facts,
  };
}
