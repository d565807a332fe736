import { stagingFolderOf } from '../catalog/version-folders.ts';
import type { Reading } from '../files/stage-file.ts';
import { swapMarks, tellUnmoved } from '../marks/marks-aside.ts';
import { assertWritable, secondsSince } from '../operations/write-run.ts';
import { bytesOf } from './backup-manifest.ts';
import type { ListedBackup } from './backup-source.ts';
import type { BackupSubject } from './backup-subject.ts';
import { filesThatGo, withGoing } from './files-that-go.ts';
import { outcomeOf } from './outcome-of.ts';
import {
  commitRestore,
  copiesFor,
  planRestore,
  type RestorePlan,
  removeStaged,
  restoredBytes,
  type StagedCopy,
  stageRestore,
} from './restore-backup.ts';
import type { RestoreChange } from './restore-changes.ts';
import { type CopiedFile, tellOfRoom } from './room-for-copies.ts';
import { versionsToRestore } from './versions-to-restore.ts';

export interface Restored {
  changes: RestoreChange[];
  /** The operation to undo; null when nothing had to change. */
  operation: string | null;
}

/** What is to be restored: `get` finds the backup anew, `other` is the folder of the run that it is of where that is another, `ids` are null for all that it holds. */
interface Restoring {
  get: () => Promise<ListedBackup>;
  id: string;
  other: string | null;
  ids: readonly string[] | null;
  reading: Reading;
  /** When it began, by the clock of this process. */
  started: number;
}

/** What restoring would change. @param ids of versions; null for all that the backup holds */
export async function planRestoring(
  run: BackupSubject,
  backup: ListedBackup,
  ids: readonly string[] | null,
): Promise<RestoreChange[]> {
  const versions = await versionsToRestore(backup, ids, run.config);
  const plan = await planRestore(run.disk, run.root, backup.store, versions);
  return withGoing(plan.changes, await filesThatGo(run, plan));
}

/** Copies without the run's lock, looks at everything again under it, and changes names alone. */
export async function restoreInto(run: BackupSubject, restoring: Restoring): Promise<Restored> {
  const { id, other, reading, started } = restoring;
  const { disk, root } = run;
  const staged: StagedCopy[] = [];
  const prepared = await outcomeOf(() => prepare(run, restoring, staged));
  const done = run.write('restore', async (writing) => {
    const { plan, copies } = prepared();
    const { versions } = plan;
    const going = await filesThatGo(run, plan);
    const draft = writing.newOperation(
      'restore',
      `restore from ${id}${other === null ? '' : `, of ${other}`}`,
    );
    const restored = versions.map((version) => version.id);
    const operation = await commitRestore(writing, plan, staged, draft, going, reading.signal);
    const gone = going.flatMap((each) => each.versions);
    const losing = gone.map((each) => ({ id: each, checksum: run.checksumOf(each) }));
    await swapMarks(writing, losing, operation, restoredBytes(versions)).catch((error: unknown) =>
      writing.onNotice?.(tellUnmoved(error)),
    );
    await tellOfRoom({ disk, folder: root, use: 'restore' }, copies, writing.onNotice);
    return {
      ids: restored,
      value: { changes: withGoing(plan.changes, going), operation },
      operation: operation ?? undefined,
      ...(other !== null && { of: other }),
      bytes: bytesOf({ versions: [...versions] }),
      seconds: secondsSince(started),
    };
  });
  return done.catch(async (error: unknown) => {
    await removeStaged(disk, staged);
    throw error;
  });
}

/** All of a restore that takes its time. @throws ModelManagerError when the run must not be written to */
async function prepare(
  run: BackupSubject,
  { get, ids, reading }: Restoring,
  staged: StagedCopy[],
): Promise<{ plan: RestorePlan; copies: CopiedFile[] }> {
  const { disk, root, config } = run;
  assertWritable(root);
  // What was interrupted may have files elsewhere; who writes now recovers it himself.
  await run.recover().catch(() => undefined);
  const backup = await get();
  const { store } = backup;
  const versions = await versionsToRestore(backup, ids, config, reading.signal);
  const plan = await planRestore(disk, root, store, versions, reading.signal);
  await filesThatGo(run, plan);
  const folderOf = (path: string) => stagingFolderOf(path, config);
  await stageRestore(disk, root, store, plan, reading, staged, folderOf);
  return { plan, copies: copiesFor(store, plan) };
}
