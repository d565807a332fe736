import type { NamedState } from './layout.ts';

/** A number as Python formats one: `12`, `-0.25`, `1e-05`, `nan`, `inf`. */
export const pythonNumber = String.raw`[-+]?(?:\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|nan|inf)`;

/** What such a text says. */
export function readNumber(text: string): number {
  const [, sign, word] = /^([-+]?)(nan|inf)$/i.exec(text) ?? [];
  if (word === undefined) return Number(text);
  if (word.toLowerCase() === 'nan') return Number.NaN;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const counts = {
  epoch: /(?:^|[^a-z])epoch[=_-]?(\d{1,15})(?!\d)/i,
  step: /(?:^|[^a-z])(?:steps?[=_-]?(\d{1,15})(?!\d)|(?:checkpoint|ckpt)-(\d{1,15})$)/i,
  episode: /(?:^|[^a-z])ep(?:isode)?[=_-]?(\d{1,15})(?!\d)/i,
  iteration: /(?:^|[^a-z])iter(?:ation)?[=_-]?(\d{1,15})(?!\d)/i,
};

/** The counts that any trainer may put into a name; null where it has none. @param stem the name without its ending */
export function readCounts(stem: string): NamedState | null {
  const [epoch, step, episode, iteration] = [
    countIn(stem, counts.epoch),
    countIn(stem, counts.step),
    countIn(stem, counts.episode),
    countIn(stem, counts.iteration),
  ];
  const metrics = [...measured('epoch', epoch), ...measured('iteration', iteration)];
  const isNone = step === null && episode === null && metrics.length === 0;
  return isNone ? null : { step, episode, metrics, isBest: false };
}

function countIn(stem: string, pattern: RegExp): number | null {
  const [, digits, others] = pattern.exec(stem) ?? [];
  const found = digits ?? others;
  return found === undefined ? null : Number(found);
}

function measured(name: string, value: number | null): NamedState['metrics'] {
  return value === null ? [] : [[name, value]];
}
