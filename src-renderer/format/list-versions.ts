import type { NamedVersion } from '../../shared/ipc/writing-contract.ts';
import { versionLabel } from './format-version.ts';
import { plural } from './plural.ts';

/** A version of a list, or several whose numbers follow each other. */
interface Part {
  text: string;
  count: number;
}

interface Listed {
  /** The first of them. */
  named: readonly NamedVersion[];
  versionCount: number;
}

/** So many parts of a list stand in a line of a table. */
const inLine = 3;
/** From so many on, versions whose numbers follow each other are told as a range. */
const leastOfRange = 3;

/** Which versions a record is about, in few words: `v1–v7, v9 and 3 more`. @param most so many versions and ranges are written */
export function listVersions({ named, versionCount }: Listed, most = inLine): string {
  const parts = partsOf(named).slice(0, most);
  const more = versionCount - parts.reduce((sum, { count }) => sum + count, 0);
  const told = parts.map(({ text }) => text).join(', ');
  return more > 0 ? `${told} and ${more} more` : told;
}

/** All of them that are named, and how many there are: `v1–v7, v9 (8 versions)`. */
export function listAllVersions({ named, versionCount }: Listed): string {
  const told = listVersions({ named, versionCount }, named.length);
  return versionCount > 1 ? `${told} (${plural(versionCount, 'version')})` : told;
}

function partsOf(named: readonly NamedVersion[]): Part[] {
  const numbers = named.flatMap(({ version, twin }) => (version === null || twin ? [] : [version]));
  const others = named.filter(({ version, twin }) => version === null || twin);
  return [
    ...rangesOf(numbers.toSorted((a, b) => a - b)).flatMap(partsOfRange),
    ...others.map((version) => ({ text: versionLabel(version), count: 1 })),
  ];
}

function rangesOf(numbers: readonly number[]): number[][] {
  const ranges: number[][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.at(-1) === number - 1) last.push(number);
    else ranges.push([number]);
  }
  return ranges;
}

function partsOfRange(range: readonly number[]): Part[] {
  if (range.length < leastOfRange) return range.map((number) => ({ text: `v${number}`, count: 1 }));
  return [{ text: `v${range[0]}–v${range.at(-1)}`, count: range.length }];
}
