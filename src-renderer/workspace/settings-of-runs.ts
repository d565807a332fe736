import type { WorkspaceRun } from '../../shared/model/workspace.ts';
import {
  type ComparedSettings,
  compareSettings,
  type SetRun,
} from '../../shared/statistics/compare-settings.ts';

/** What the settings of runs can be compared by: `by` is the metric that tells the best of most of them, null where none has a best. */
export interface SettingsOfRuns extends ComparedSettings {
  by: WorkspaceRun['metric'] | null;
  /** How many runs are compared: those that have a best by that metric, and say what they were asked for. */
  compared: number;
}

/** Compares the runs that say what Hydra was asked for, by the best of each; runs that are ranked by another metric are left out. */
export function settingsOfRuns(runs: readonly WorkspaceRun[]): SettingsOfRuns {
  const usable = runs.filter(({ overrides, bestValue }) => overrides.length > 0 && bestValue !== null);
  const by = commonest(usable.map(({ metric }) => metric));
  const alike = usable.filter(({ metric }) => by !== null && keyOf(metric) === keyOf(by));
  const set = alike.map(
    ({ overrides, bestValue }): SetRun => ({ settings: readOverrides(overrides), value: bestValue ?? 0 }),
  );
  return { ...compareSettings(set), by, compared: set.length };
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

const keyOf = ({ name, mode }: WorkspaceRun['metric']): string => `${mode} ${name}`;

/** `key=value`, also `+key=value` and `++key=value`; of one that is asked for twice the last counts. */
function readOverrides(overrides: readonly string[]): Map<string, string> {
  const settings = new Map<string, string>();
  for (const override of overrides) {
    const [, key, value] = /^\+{0,2}([^=~]+)=(.*)$/s.exec(override) ?? [];
    if (key !== undefined && value !== undefined) settings.set(key, value);
  }
  return settings;
}
