import { isRewardName } from '../model/metric.ts';
import type { WorkspaceRun } from '../model/workspace.ts';
import { type ComparedSettings, compareSettings, type SetRun } from './compare-settings.ts';

/** What so many runs were trained with is compared at once: files of each are opened for it. */
export const mostComparedAtOnce = 1000;

/** What is known of a run that can be compared. */
export type ComparableRun = Pick<WorkspaceRun, 'handle' | 'overrides' | 'metric' | 'bestValue'>;

/** What the settings of runs can be compared by: `by` is the metric that tells the best of most of them, null where none has a best. */
export interface SettingsOfRuns extends ComparedSettings {
  by: WorkspaceRun['metric'] | null;
  /** How many runs are compared: those that have a best by that metric, and say what they were trained with. */
  compared: number;
  /** How many runs would be compared, were they ranked by that metric. */
  otherwise: number;
  /** How many runs were not read, being more than are compared at once. */
  unread: number;
}

/** What is known of a run beside what Hydra was asked for, by its handle. */
export type ReadSettings = ReadonlyMap<number, ReadonlyMap<string, string>>;

/** The runs of which files are to be read: those with a best that Hydra says nothing of, as many as are compared. */
export function runsToRead<Run extends ComparableRun>(runs: readonly Run[]): Run[] {
  return runs.filter(isToRead).slice(0, mostComparedAtOnce);
}

function isToRead({ bestValue, overrides }: ComparableRun): boolean {
  return bestValue !== null && overrides.length === 0;
}

/**
 * Compares the runs that say what they were trained with, by the best of each; runs that are ranked by another metric are left out. What Hydra
 * was asked for goes before what else is known.
 */
export function settingsOfRuns(
  runs: readonly ComparableRun[],
  read: ReadSettings = new Map(),
): SettingsOfRuns {
  const usable = runs.filter(
    ({ handle, overrides, bestValue }) =>
      bestValue !== null && (overrides.length > 0 || (read.get(handle)?.size ?? 0) > 0),
  );
  const by = commonest(usable.map(({ metric }) => metric));
  const alike = usable.filter(({ metric }) => by !== null && keyOf(metric) === keyOf(by));
  const set = alike.map(
    ({ handle, overrides, bestValue }): SetRun => ({
      settings: new Map([...(read.get(handle) ?? []), ...readOverrides(overrides)]),
      value: bestValue ?? 0,
    }),
  );
  const unread = Math.max(0, runs.filter(isToRead).length - mostComparedAtOnce);
  return {
    ...compareSettings(set, by?.mode ?? 'max'),
    by,
    compared: set.length,
    otherwise: usable.length - set.length,
    unread,
  };
}

function commonest(metrics: readonly WorkspaceRun['metric'][]): WorkspaceRun['metric'] | null {
  const counts = new Map<string, { metric: WorkspaceRun['metric']; count: number }>();
  for (const metric of metrics) {
    const count = (counts.get(keyOf(metric))?.count ?? 0) + 1;
    counts.set(keyOf(metric), { metric, count });
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most?.metric ?? null;
}

/** One for both names of the reward. */
const keyOf = ({ name, mode }: WorkspaceRun['metric']): string =>
  `${mode} ${isRewardName(name) ? 'reward' : name}`;

/** `key=value`, also `+key=value` and `++key=value`; of one that is asked for twice the last counts. */
function readOverrides(overrides: readonly string[]): Map<string, string> {
  const settings = new Map<string, string>();
  for (const override of overrides) {
    const [, key, value] = /^\+{0,2}([^=~]+)=(.*)$/s.exec(override) ?? [];
    if (key !== undefined && value !== undefined) settings.set(key, value);
  }
  return settings;
}

/** What runs say under one name, in their order. A code tells what it is: 0 nothing, 1 the number in its place, above that the word at `code - 2`. */
interface Column {
  codes: Uint16Array;
  numbers: Float64Array;
  words: readonly string[];
}

/** What was read of runs, in their order, by their handles. */
export function readColumns(
  handles: readonly number[],
  { names, columns }: { names: readonly string[]; columns: readonly Column[] },
): ReadSettings {
  const read = new Map(handles.map((handle) => [handle, new Map<string, string>()]));
  for (const [index, name] of names.entries())
    for (const [place, handle] of handles.entries()) {
      const value = valueAt(columns[index], place);
      if (value !== null) read.get(handle)?.set(name, value);
    }
  return read;
}

function valueAt(column: Column | undefined, place: number): string | null {
  const code = column?.codes[place] ?? 0;
  if (code === 0) return null;
  return code === 1 ? String(column?.numbers[place]) : (column?.words[code - 2] ?? null);
}
