import type { VersionRow } from '../../model/version-row.ts';

/** What a query asks of: a version as lists hold it; where those are of several runs, with the handle of its run. */
export type QueriedRow = Omit<VersionRow, 'handle' | 'runId'> & Partial<Pick<VersionRow, 'runId'>>;

/** What the run of a version is called; null where nobody knows. */
export type RunOf = (row: QueriedRow) => string | null;
