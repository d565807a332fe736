import type { VersionRow } from '../../shared/model/version-row.ts';

/** Versions by the run that they are of; runs in the order met, versions in theirs. */
export function byRun<Row extends Pick<VersionRow, 'runId'>>(rows: Iterable<Row>): Map<string, Row[]> {
  const runs = new Map<string, Row[]>();
  for (const row of rows) {
    const own = runs.get(row.runId);
    if (own) own.push(row);
    else runs.set(row.runId, [row]);
  }
  return runs;
}

/** What is sent back of versions. */
export function handlesOf(rows: readonly Pick<VersionRow, 'handle'>[]): number[] {
  return rows.map(({ handle }) => handle);
}
