import { compareNatural } from '../query/compare-natural.ts';
import { findPeak, groupByValue } from './find-peak.ts';

/** What a run was trained with, as far as it was asked for, and what came of it: the value of its best version. */
export interface SetRun {
  settings: ReadonlyMap<string, string>;
  value: number;
}

/** Fewer runs than this tell nothing. */
export const fewestRuns = 5;

/** A setting whose values are numbers, `null` aside where enough others are left: how strongly the order of its values goes with the order of what came of them. */
export interface NumberSetting {
  name: string;
  /** How many runs have it as a number. */
  runs: number;
  /** The least and the greatest. */
  range: readonly [number, number];
  /** Spearman's rank correlation, −1 to 1; null for too few runs, and where all came to the same. */
  correlation: number | null;
  /** Where a few values were tried again and again, what came of each on average, in their order; else none. */
  values: readonly { value: number; runs: number; mean: number }[];
  /** The values, from one to another, that are better than both ends of the range, and what came of them on average; null where none are. */
  peak: { from: number; to: number; runs: number; mean: number } | null;
}

/** A setting whose values are words: what came of each on average. */
export interface WordSetting {
  name: string;
  runs: number;
  /** Those with the best mean first. */
  values: readonly { value: string; runs: number; mean: number }[];
}

/** The settings that differ between runs. None is shown to be the cause: runs may differ in other ways too. */
export interface ComparedSettings {
  /** Those with a best inside their range first, then those that go most strongly with what came of them. */
  numbers: NumberSetting[];
  words: WordSetting[];
}

/**
 * Compares what runs were trained with to what came of them; a run that does not say a setting counts for the others alone.
 * @param mode whether the greatest or the least of what came of them is best
 */
export function compareSettings(runs: readonly SetRun[], mode: 'max' | 'min'): ComparedSettings {
  const names = [...new Set(runs.flatMap(({ settings }) => [...settings.keys()]))].sort(compareNatural);
  const compared: ComparedSettings = { numbers: [], words: [] };
  for (const name of names) {
    const said = runs.flatMap(({ settings, value }) => {
      const given = settings.get(name);
      return given === undefined ? [] : [{ given, meant: meaningOf(given), value }];
    });
    if (!differ(said)) continue;
    const numbers = numbersAmong(said);
    if (numbers) compared.numbers.push(numberSetting(name, numbers, mode));
    else compared.words.push(wordSetting(name, said, mode));
  }
  compared.numbers.sort((a, b) => strengthOf(b) - strengthOf(a));
  return compared;
}

function strengthOf({ peak, correlation }: NumberSetting): number {
  return peak ? 2 : Math.abs(correlation ?? 0);
}

interface Said {
  given: string;
  /** The same for all ways to write one value. */
  meant: string;
  value: number;
}

const sameWords = new Map([
  ['true', 'true'],
  ['false', 'false'],
  ['null', 'null'],
  ['none', 'null'],
  ['~', 'null'],
]);

/** A number may have zeros at its end, and words be those of Python or YAML. */
function meaningOf(given: string): string {
  return isNumber(given) ? String(toNumber(given)) : (sameWords.get(given.toLowerCase()) ?? given);
}

function differ(said: readonly Said[]): boolean {
  return new Set(said.map(({ meant }) => meant)).size > 1;
}

/** Those of a setting that is a number, or none where that says nothing of enough runs; null for one of words. */
function numbersAmong(said: readonly Said[]): Said[] | null {
  const set = said.filter(({ meant }) => meant !== 'null');
  if (!(set.every(({ given }) => isNumber(given)) && differ(set))) return null;
  return set.length === said.length || set.length >= fewestRuns ? set : null;
}

/** As YAML and Python write them; words like `inf` are words. */
function isNumber(text: string): boolean {
  return /^[+-]?(\d[\d_]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(toNumber(text));
}

function toNumber(text: string): number {
  return Number(text.replaceAll('_', ''));
}

function numberSetting(name: string, said: readonly Said[], mode: 'max' | 'min'): NumberSetting {
  const given = said.map((each) => toNumber(each.given));
  const sorted = given.toSorted((a, b) => a - b);
  const range = [sorted[0] ?? 0, sorted.at(-1) ?? 0] as const;
  const came = said.map(({ value }) => value);
  const correlation = said.length < fewestRuns ? null : correlate(ranksOf(given), ranksOf(came));
  const groups = groupByValue(said.map(({ value }, index) => ({ given: given[index] ?? 0, value })));
  const best = said.length < fewestRuns ? null : findPeak(groups, mode);
  const isRepeated = groups.length < said.length && groups.every(({ range: [from, to] }) => from === to);
  return {
    ...{ name, runs: said.length, range, correlation },
    values: isRepeated ? groups.map(({ range: [value], runs, mean }) => ({ value, runs, mean })) : [],
    peak: best && { from: best.range[0], to: best.range[1], runs: best.runs, mean: best.mean },
  };
}

function wordSetting(name: string, said: readonly Said[], mode: 'max' | 'min'): WordSetting {
  const groups = new Map<string, { value: string; came: number[] }>();
  for (const { given, meant, value } of said) {
    const group = groups.get(meant);
    if (group) group.came.push(value);
    else groups.set(meant, { value: given, came: [value] });
  }
  const values = [...groups.values()].map(({ value, came }) => ({
    value,
    runs: came.length,
    mean: meanOf(came),
  }));
  values.sort((a, b) => (mode === 'max' ? b.mean - a.mean : a.mean - b.mean));
  return { name, runs: said.length, values };
}

/** From 1; equal values share the mean of the ranks that they take. */
function ranksOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const [first, last] = [new Map<number, number>(), new Map<number, number>()];
  for (const [index, value] of sorted.entries()) {
    if (!first.has(value)) first.set(value, index);
    last.set(value, index);
  }
  return values.map((value) => ((first.get(value) ?? 0) + (last.get(value) ?? 0)) / 2 + 1);
}

/** Null where one of them is the same everywhere. */
function correlate(a: readonly number[], b: readonly number[]): number | null {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [together, ofA, ofB] = [0, 0, 0];
  for (const [index, rank] of a.entries()) {
    const [offA, offB] = [rank - meanA, (b[index] ?? meanB) - meanB];
    together += offA * offB;
    ofA += offA ** 2;
    ofB += offB ** 2;
  }
  return ofA === 0 || ofB === 0 ? null : together / Math.sqrt(ofA * ofB);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
