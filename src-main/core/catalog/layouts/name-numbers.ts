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

/** So many digits; `500k`, `1.5M` and `1e6` are not read as the number that they begin with. */
const digits = String.raw`(\d{1,15})(?![\da-z]|\.\d)`;
const countOf = (words: string) => new RegExp(`(?:^|[^a-z])${words}[=_-]?${digits}`, 'i');

const counts = {
  epoch: countOf('epoch'),
  step: new RegExp(`(?:^|[^a-z])(?:steps?[=_-]?${digits}|(?:checkpoint|ckpt)-(\\d{1,15})$)`, 'i'),
  episode: countOf('ep(?:isode)?'),
  iteration: countOf('iter(?:ation)?'),
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
  const [, first, second] = pattern.exec(stem) ?? [];
  const found = first ?? second;
  return found === undefined ? null : Number(found);
}

function measured(name: string, value: number | null): NamedState['metrics'] {
  return value === null ? [] : [[name, value]];
}
