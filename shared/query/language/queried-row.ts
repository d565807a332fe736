import type { VersionRow } from '../../model/version-row.ts';

/** What a query asks of: a version as lists hold it. */
export type QueriedRow = Omit<VersionRow, 'handle'>;
