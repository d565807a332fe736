const most = 10_000;

/** `3` is three seeds, 0, 1 and 2; `7,11` are these two, and `7,` is that one. Else `fault` says what it must be, in a sentence. */
export function readSeeds(text: string): { seeds: number[]; fault: null } | { seeds: null; fault: string } {
  const count = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
  const seeds =
    count === null ? readList(text) : Array.from({ length: Math.min(count, most + 1) }, (_, seed) => seed);
  if (seeds === null)
    return {
      seeds,
      fault: 'It must be how many, from 1, or the seeds themselves, each once, as in 7,11',
    };
  if (seeds.length > most) return { seeds: null, fault: `It must be ${most} seeds at most` };
  return { seeds, fault: null };
}

function readList(text: string): number[] | null {
  const seeds = /^\d{1,15}(?:,\d{1,15})*,?$/.test(text) ? text.replace(/,$/, '').split(',').map(Number) : [];
  const isList = text.includes(',') && seeds.length > 0 && new Set(seeds).size === seeds.length;
  return isList ? seeds : null;
}
