import type { ChartColours } from './chart-colours.ts';
import type { Marks } from './draw-marks.ts';
import type { Corner } from './find-points.ts';
import { type Area, type Frame, isInside, pointAt, scaleX, scaleY, toPixel } from './frame.ts';
import type { Shape } from './picture.ts';
import { textWidth } from './text-width.ts';

type NameColours = Pick<ChartColours, 'text' | 'textDim' | 'surface' | 'font'>;

/**
 * A word beside each named version that is in sight, where it covers no other word and cannot be taken for that of another
 * version; a line joins it to its point where it stands away from it. Two of one version share a word.
 */
export function drawNames(frame: Frame, { named }: Marks, colours: NameColours): Shape[] {
  const groups = new Map<number, string[]>();
  for (const { slot, label } of named) groups.set(slot, [...(groups.get(slot) ?? []), label]);
  const taken: Label[] = [];
  for (const [slot, labels] of groups) {
    const at = pointAt(frame, slot);
    if (!isInside(frame.area, ...at)) continue;
    const others = pointsAround(frame, slot, at);
    taken.push(placeLabel(at, wordsOf(labels, colours), { area: frame.area, taken, others }));
  }
  return taken.flatMap((label) => [...leaderTo(label, colours), nameShape(label, colours)]);
}

/** A word, the room it takes, and the point that it names. */
interface Label extends Area {
  text: string;
  of: Corner;
}

interface Surroundings {
  area: Area;
  taken: readonly Label[];
  /** The other points near the one that is named. */
  others: readonly Corner[];
}

/** In pixels. Nearer to a point than `clear`, a word could be taken for its name. */
const [lineHeight, gap, clear] = [15, 8, 8];
/** How far beside its point a word may begin, and how many lines above or below. */
const [asides, linesAway] = [[gap, 3 * gap, 6 * gap], 5];
/** A word is looked for within so many pixels; where more points lie there, no place is better than another. */
const [around, most] = [{ x: 320, y: (linesAway + 1) * lineHeight + clear }, 400];

function pointsAround(frame: Frame, own: number, [x, y]: Corner): Corner[] {
  const [across, up] = [scaleX(frame), scaleY(frame)];
  const near: Corner[] = [];
  for (const slot of frame.slots) {
    const px = toPixel(across, frame.x[slot] ?? Number.NaN);
    const py = toPixel(up, frame.y[slot] ?? Number.NaN);
    if (slot !== own && Math.abs(px - x) < around.x && Math.abs(py - y) < around.y) near.push([px, py]);
    if (near.length > most) return [];
  }
  return near;
}

interface Words {
  text: string;
  /** In pixels. */
  width: number;
}

function wordsOf(labels: readonly string[], colours: NameColours): Words {
  const text = labels.join(', ');
  return { text, width: textWidth(text, nameFont(colours)) };
}

function nameFont({ font }: NameColours): string {
  return `600 11px ${font}`;
}

/** To the right or the left of a point, above or below it, and further away: the first place that is free; else the one with the fewest points. */
function placeLabel(of: Corner, words: Words, { area, taken, others }: Surroundings): Label {
  const places = placesOf(of, words).filter((label) => isWithin(area, label));
  const free = places.filter((label) => !taken.some((other) => overlap(label, other)));
  const crowds = free.map((label) => others.filter((point) => isInside(grown(label), ...point)).length);
  const least = Math.min(...crowds);
  return free[crowds.indexOf(least)] ?? places[0] ?? (placesOf(of, words)[0] as Label);
}

/** The nearest first. */
function placesOf(of: Corner, { text, width }: Words): Label[] {
  const [x, y] = of;
  return Array.from({ length: linesAway }, (_, line) => line).flatMap((line) =>
    asides.flatMap((aside) =>
      [y - lineHeight * (line + 1), y + lineHeight * line].flatMap((top) =>
        [x + aside, x - aside - width].map((left) => ({ text, of, left, top, width, height: lineHeight })),
      ),
    ),
  );
}

function isWithin(area: Area, { left, top, width, height }: Area): boolean {
  return isInside(area, left, top) && isInside(area, left + width, top + height);
}

function grown({ left, top, width, height }: Area): Area {
  return { left: left - clear, top: top - clear, width: width + 2 * clear, height: height + 2 * clear };
}

function overlap(a: Area, b: Area): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

/** From the ring of a point to the nearest place of its word; nothing where they touch. */
function leaderTo({ of: [x, y], left, top, width, height }: Label, { textDim }: NameColours): Shape[] {
  const to = [clamp(x, left, left + width), clamp(y, top + 2, top + height - 2)] as const;
  const [across, down] = [to[0] - x, to[1] - y];
  const length = Math.hypot(across, down);
  if (length <= gap + ring) return [];
  const from = [x + (across / length) * ring, y + (down / length) * ring];
  return [
    {
      type: 'polyline',
      shape: { points: [from, [...to]] },
      style: { stroke: textDim, lineWidth: 1, fill: 'none' },
    },
  ];
}

/** How far from the middle of a point its line begins, in pixels. */
const ring = 6;

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function nameShape({ text, left, top, width }: Label, colours: NameColours): Shape {
  return {
    type: 'text',
    style: {
      text,
      x: left + width / 2,
      y: top + lineHeight / 2,
      fill: colours.text,
      font: nameFont(colours),
      align: 'center',
      verticalAlign: 'middle',
      stroke: colours.surface,
      lineWidth: 3,
    },
  };
}
