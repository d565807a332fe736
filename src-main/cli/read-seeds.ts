import { InvalidArgumentError } from 'commander';

const most = 10_000;

/** `3` is three seeds, 0, 1 and 2; `7,11` are these two, and `7,` is that one. */
export function readSeeds(text: string): number[] {
  const count = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
  const seeds =
    count === null ? readList(text) : Array.from({ length: Math.min(count, most + 1) }, (_, seed) => seed);
  if (seeds.length > most) throw new InvalidArgumentError(`It must be ${most} seeds at most`);
  return seeds;
}

function readList(text: string): number[] {
  const seeds = /^\d{1,15}(?:,\d{1,15})*,?$/.test(text) ? text.replace(/,$/, '').split(',').map(Number) : [];
  if (seeds.length === 0 || !text.includes(',') || new Set(seeds).size < seeds.length)
    throw new InvalidArgumentError(
      'It must be how many, from 1, or the seeds themselves, each once, as in 7,11',
    );
  return seeds;
}
