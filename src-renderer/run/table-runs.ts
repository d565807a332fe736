import type { SelectionMetric } from '../../shared/model/metric.ts';
import { nameRuns } from '../../shared/model/name-runs.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { visibleText } from '../format/visible-text.ts';
import type { RunNames } from '../versions/filter-rows.ts';

type OfRun = Pick<VersionRow, 'runId'>;

/** The runs whose versions a table shows: one, or several. */
export class TableRuns {
  readonly all: readonly RunSummary[];
  /** What they are called, as it stands in their folders' names. */
  readonly names: RunNames;
  /** Another whenever one of them is called or ranked otherwise. */
  readonly key: string;
  readonly #byId: ReadonlyMap<string, RunSummary>;

  /** @param open all that are open, among which a run is told by its name */
  constructor(all: readonly RunSummary[], open: readonly RunSummary[]) {
    this.all = all;
    this.#byId = new Map(all.map((run) => [run.runId, run]));
    this.names = namesOf(open);
    this.key = JSON.stringify(
      all.map(({ runId, metric, choices }) => [runId, this.names.get(runId), metric, choices.directions]),
    );
  }

  get areSeveral(): boolean {
    return this.all.length > 1;
  }

  /** The run of a version; undefined where that is not shown any more. */
  of({ runId }: OfRun): RunSummary | undefined {
    return this.#byId.get(runId);
  }

  /** The runs of these versions, each once. */
  ofAll(rows: readonly OfRun[]): RunSummary[] {
    const ids = new Set(rows.map(({ runId }) => runId));
    return this.all.filter(({ runId }) => ids.has(runId));
  }

  /** What the run of a version is called, to show. */
  nameOf({ runId }: OfRun): string {
    return visibleText(this.names.get(runId) ?? '');
  }

  /** Where the file of a version is, to show. */
  pathOf(row: Pick<VersionRow, 'runId' | 'id'>): string {
    return `${this.of(row)?.folder ?? ''}/${row.id}`;
  }

  /** What ranks the versions of a version's run. */
  metricOf(row: OfRun): SelectionMetric | null {
    return this.of(row)?.metric ?? null;
  }

  /** Whether the run of one of these must not be written to. */
  isReadOnly(rows: readonly OfRun[]): boolean {
    return this.ofAll(rows).some(({ readOnly }) => readOnly);
  }
}

const known = new WeakMap<readonly RunSummary[], RunNames>();

/** What these runs are called, by their ids: worked out once for all who ask it of the same array. */
export function namesOf(open: readonly RunSummary[]): RunNames {
  const before = known.get(open);
  if (before) return before;
  const names = nameRuns(
    open.map(({ folder }) => folder),
    open.map(({ toldName }) => toldName),
  );
  const named = new Map(open.map(({ runId, name }, index) => [runId, names[index] || name]));
  known.set(open, named);
  return named;
}

/** Whether these are versions of more than one run. */
export function areOfSeveral(rows: readonly OfRun[]): boolean {
  return rows.some(({ runId }) => runId !== rows[0]?.runId);
}
