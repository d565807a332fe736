import type { Call } from '../../shared/command/equivalent-command.ts';
import { readSeeds } from '../../shared/command/read-seeds.ts';
import type { BenchmarkStart } from '../../shared/ipc/benchmark-contract.ts';
import { mostEvaluations } from '../../shared/model/benchmark.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';

/** What is typed into the dialog. A number is null while its field is empty; `timeout` is seconds. */
export interface BenchmarkDraft {
  command: string;
  seeds: string;
  episodes: number | null;
  jobs: number | null;
  timeout: number | null;
  retries: number | null;
  again: boolean;
}

export const emptyDraft: BenchmarkDraft = {
  command: '',
  seeds: '5',
  episodes: 20,
  jobs: 1,
  timeout: 3600,
  retries: 0,
  again: false,
};

/** What a benchmark is begun with, but for what it is about. */
export type BenchmarkSettings = Omit<BenchmarkStart, 'parts' | 'words'>;

/** What is wrong with the seeds that were typed, for so many versions, in a sentence; null where nothing is. */
export function seedsFault(typed: string, versions: number): string | null {
  const { seeds, fault } = readSeeds(typed.trim());
  if (seeds === null) return fault;
  const count = versions * seeds.length;
  if (count <= mostEvaluations) return null;
  return `That is ${plural(count, 'evaluation')}, of ${plural(versions, 'version')}: ${formatCount(mostEvaluations)} at once is the most`;
}

/**
 * @param versions how many there are to measure
 * @param takesEpisodes whether the command asks for them
 * @returns null while something is missing, or is too much
 */
export function settingsOf(
  draft: BenchmarkDraft,
  versions: number,
  takesEpisodes: boolean,
): BenchmarkSettings | null {
  const { jobs, timeout, retries, again } = draft;
  if (seedsFault(draft.seeds, versions) !== null) return null;
  const { seeds } = readSeeds(draft.seeds.trim());
  const episodes = takesEpisodes ? draft.episodes : null;
  const isMissing = seeds === null || jobs === null || timeout === null || retries === null;
  if (isMissing || (takesEpisodes && episodes === null)) return null;
  return { command: draft.command.trim(), seeds, episodes, jobs, timeout, retries, again };
}

/** So many versions are named in a line: more fit into no terminal, and are slow to quote at each key. */
const mostNamed = 500;

/**
 * The ids that a line for the command line names; none where it would take all by itself, null where they are too many.
 * @param present how many versions of the run have a file
 */
export function idsInLine(
  rows: readonly Pick<VersionRow, 'id'>[],
  present: number,
): readonly string[] | null {
  if (rows.length === present) return [];
  return rows.length > mostNamed ? null : rows.map(({ id }) => id);
}

/** The call of the command line that does the same. */
export function benchmarkCall(folder: string, ids: readonly string[], settings: BenchmarkSettings): Call {
  const { command, seeds, episodes, jobs, timeout, retries, again } = settings;
  return {
    command: 'benchmark',
    options: [
      ['--evaluator', command],
      ['--episodes', episodes],
      ['--seeds', seedsAsTyped(seeds)],
      ['--jobs', unless(1, jobs)],
      ['--timeout', unless(3600, timeout)],
      ['--retries', unless(0, retries)],
      ...(again ? ['--again'] : []),
    ],
    words: [folder, ...ids],
  };
}

function unless(usual: number, value: number): number | null {
  return value === usual ? null : value;
}

function seedsAsTyped(seeds: readonly number[]): string {
  if (seeds.every((seed, index) => seed === index)) return `${seeds.length}`;
  return seeds.length === 1 ? `${seeds[0]},` : seeds.join(',');
}

/** So many commands are offered again. */
const most = 8;

/** The commands that were typed, with this one as the last. */
export function withCommand(commands: readonly string[], command: string): string[] {
  return [command, ...commands.filter((other) => other !== command)].slice(0, most);
}
