import { visibleText } from '../format/visible-text.ts';
import { naturalKey } from '../versions/natural-key.ts';
import type { LabelledRun } from './label-runs.ts';

/** What runs can be grouped by. `id` stands for it while the folder is open. */
export interface RunGrouping {
  id: string;
  label: string;
  /** The heading of runs of which it is not known. */
  noneLabel: string;
  /** Null for a run of which that is not known. */
  read: (run: LabelledRun) => string | null;
}

/** Runs that have something in common, one after another. */
export interface RunGroup {
  key: string;
  label: string;
  /** Of its first run, among all that are shown. */
  at: number;
  count: number;
  versions: number;
  bytes: number;
  /** The run with the best value; null where none has one, or they rank by different metrics. */
  best: LabelledRun | null;
}

const folder: RunGrouping = {
  id: 'folder',
  label: 'Folder',
  noneLabel: 'No folder',
  read: ({ path }) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : null),
};
const writtenBy: RunGrouping = {
  id: 'written-by',
  label: 'Written by',
  noneLabel: 'Not recognised',
  read: ({ recognised }) => recognised?.name ?? null,
};
const mostKeys = 50;

/** What these runs can be grouped by: where they are, what wrote them, and what Hydra was asked for. */
export function runGroupings(runs: Iterable<LabelledRun>): RunGrouping[] {
  const keys = new Set<string>();
  for (const { overrides } of runs) for (const override of overrides) keys.add(partsOf(override).key);
  const ofOverrides = [...keys].sort().slice(0, mostKeys).map(groupingOf);
  return [folder, writtenBy, ...ofOverrides];
}

function groupingOf(key: string): RunGrouping {
  const read = ({ overrides }: LabelledRun) =>
    overrides.map(partsOf).findLast((each) => each.key === key)?.value ?? null;
  const label = visibleText(key);
  return { id: `override ${key}`, label, noneLabel: `No ${label}`, read };
}

/** `key=value`; `+` adds a key. */
function partsOf(override: string): { key: string; value: string } {
  const at = override.indexOf('=');
  const key = override.slice(0, at < 0 ? override.length : at).replace(/^\++/, '');
  return { key, value: at < 0 ? '' : override.slice(at + 1) };
}

/** Sorted runs, those of a group together in the order that they have; groups in the natural order of what they have in common, those without it last. */
export function groupRuns(
  runs: readonly LabelledRun[],
  { read, noneLabel }: RunGrouping,
): { runs: LabelledRun[]; groups: RunGroup[] } {
  const byValue = new Map<string | null, LabelledRun[]>();
  for (const run of runs) {
    const value = read(run);
    const group = byValue.get(value);
    if (group) group.push(run);
    else byValue.set(value, [run]);
  }
  const sorted = [...byValue].sort(([a], [b]) => compareValues(a, b));
  let at = 0;
  const groups = sorted.map(([value, members]) => {
    const group = groupOf(members, { at, key: value === null ? 'none' : `value ${value}` });
    at += members.length;
    return { ...group, label: value === null ? noneLabel : visibleText(value) };
  });
  return { runs: sorted.flatMap(([, members]) => members), groups };
}

function groupOf(runs: readonly LabelledRun[], place: Pick<RunGroup, 'at' | 'key'>): Omit<RunGroup, 'label'> {
  const versions = runs.reduce((sum, run) => sum + run.versions, 0);
  const bytes = runs.reduce((sum, run) => sum + run.bytes, 0);
  return { ...place, count: runs.length, versions, bytes, best: bestOf(runs) };
}

function bestOf(runs: readonly LabelledRun[]): LabelledRun | null {
  const [first, ...others] = runs.filter(({ bestValue }) => bestValue !== null);
  if (!first) return null;
  const isAlike = ({ metric: { name, mode } }: LabelledRun) =>
    name === first.metric.name && mode === first.metric.mode;
  if (!others.every(isAlike)) return null;
  const sign = first.metric.mode === 'max' ? 1 : -1;
  const worth = ({ bestValue }: LabelledRun) => sign * (bestValue ?? Number.NaN);
  return others.reduce((best, run) => (worth(run) > worth(best) ? run : best), first);
}

function compareValues(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const [one, other] = [naturalKey(a), naturalKey(b)];
  return one < other ? -1 : Number(one > other);
}

/** The lines of a table of these: each group before its runs. */
export function linesOf(
  runs: readonly LabelledRun[],
  groups: readonly RunGroup[],
): (LabelledRun | RunGroup)[] {
  if (groups.length === 0) return [...runs];
  return groups.flatMap((group) => [group, ...runs.slice(group.at, group.at + group.count)]);
}
