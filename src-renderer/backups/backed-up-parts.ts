import type { BackedUp } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';

/** What is backed up of a run. */
export interface RunPart {
  run: RunSummary;
  /** None for all versions that there are. */
  rows: readonly VersionRow[];
}

/** What came of the runs that are backed up by now, by their ids. */
export type DoneParts = ReadonlyMap<string, BackedUp>;

/** The runs that are still to be backed up. */
export function partsLeft(parts: readonly RunPart[], done: DoneParts): RunPart[] {
  return parts.filter(({ run }) => !done.has(run.runId));
}

/** With what came of the first of those that were left. */
export function withDone(
  done: DoneParts,
  left: readonly RunPart[],
  backedUp: readonly BackedUp[],
): Map<string, BackedUp> {
  const fresh = left.flatMap(({ run: { runId } }, index) => {
    const own = backedUp[index];
    return own ? [[runId, own] as const] : [];
  });
  return new Map([...done, ...fresh]);
}

/** A version that is not in a backup, and the name of its run where there are several. */
export interface LeftOutVersion {
  id: string;
  why: string;
  run: string | null;
}

/** Backups of runs as if they were one. */
export interface BackedUpTogether extends BackedUp {
  leftOut: LeftOutVersion[];
}

/** Of several runs, ids of versions begin with the folder of their run. */
export function together(parts: readonly RunPart[], done: DoneParts): BackedUpTogether {
  const areSeveral = parts.length > 1;
  const all = [...done.values()];
  return {
    versionCount: all.reduce((sum, { versionCount }) => sum + versionCount, 0),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    leftOut: parts.flatMap(({ run: { runId, name, folder } }) =>
      (done.get(runId)?.leftOut ?? []).map(({ id, why }) => ({
        id: areSeveral ? `${folder}/${id}` : id,
        why,
        run: areSeveral ? name : null,
      })),
    ),
  };
}
