import { posix } from 'node:path';
import type { Disk } from '../files/disk.ts';
import { modeOfSidecar } from '../files/file-mode.ts';
import { type StagedFile, stageCopy, stageFile } from '../files/stage-file.ts';
import { linesAt } from '../operations/change-list.ts';
import { commitOperation } from '../operations/commit-operation.ts';
import { discardKept } from '../operations/discard-kept.ts';
import { placeStep } from '../operations/make-step.ts';
import { bytesKept, isKept, namesOf, type Step } from '../operations/operation.ts';
import { assertUntouched, type Seen } from '../operations/untouched.ts';
import { complete, type OperationDraft, type Writing } from '../operations/write-run.ts';
import { findUndoable, undo } from '../trash/undo.ts';
import type { Target } from './choose-target.ts';
import type { Replaced } from './place-version.ts';
import { inRun, moveSidecar, stageBackup } from './stage-backup.ts';

/** What a save in place put aside before it writes: the operation to undo, and the copies that have the names now. */
export interface Kept {
  operation: string;
  backup: string | null;
  model: Seen;
  /** Null where no sidecar has its name. */
  sidecar: Seen | null;
  /** Of every file that was put into the run. */
  inodes: number[];
  warnings: string[];
}

/** Puts copies in the place of model and sidecar, which go to the trash: undoing that takes back whatever is written to the copies. */
export async function keepOld(
  writing: Writing,
  target: Target,
  { old, recorded, mode, stays }: Replaced,
): Promise<Kept> {
  const { disk, root, config } = writing;
  const draft = writing.newOperation('save', `save ${target.id}`, !stays);
  const staged: StagedFile[] = [];
  try {
    const { steps, name: backup, warnings } = await stageBackup(writing, target.id, recorded, draft, staged);
    const model = await copyStep(writing, target.id, draft, staged, mode);
    const sidecar = config.save_metadata
      ? await copyStep(writing, target.sidecar, draft, staged, modeOfSidecar(mode, null))
      : null;
    steps.push(model, ...(sidecar ? [sidecar] : await moveSidecar(writing, target, draft)));
    assertUntouched(old, await disk.lookAt(`${root}/${target.id}`), target.id);
    const unlisted = await linesAt(disk, root, namesOf(steps));
    const operation = complete(draft, steps, [target.id], bytesKept(steps), { unlisted });
    await commitOperation(disk, root, operation);
    const inodes = steps.map(({ inode }) => inode);
    return {
      operation: draft.id,
      backup,
      model: seenBy(model),
      sidecar: sidecar && seenBy(sidecar),
      inodes,
      warnings,
    };
  } catch (error) {
    for (const { path } of staged) await disk.unlink(path).catch(() => undefined);
    throw error;
  }
}

/** A file that is not there yet begins empty: what comes of it can be taken back too. */
async function copyStep(
  { disk, root }: Writing,
  id: string,
  draft: OperationDraft,
  staged: StagedFile[],
  mode: number,
): Promise<Step> {
  const folder = posix.dirname(`${root}/${id}`);
  const there = await disk.lookAt(`${root}/${id}`);
  const copy = there
    ? await stageCopy(disk, `${root}/${id}`, folder, 'copy')
    : await stageFile(disk, folder, 'copy', [Buffer.from('{}')], mode);
  staged.push(copy);
  return placeStep(disk, root, inRun(root, copy.path), id, draft.id);
}

function seenBy({ inode, size, mtime = Number.NaN }: Step): Seen {
  return { ino: inode, size, mtimeMs: mtime };
}

/**
 * Puts the old files back.
 * @param own inodes that the save put into the run: what it wrote is deleted, what anybody else did waits in the trash
 */
export async function bringOldBack(
  writing: Writing,
  operation: string,
  own: ReadonlySet<number>,
): Promise<void> {
  const { disk, root } = writing;
  const target = await findUndoable(disk, root, operation);
  const draft = writing.newOperation('undo', `undo of ${operation}`, true);
  await undo({ disk, root }, target, draft);
  // The old files are back, whatever comes of this.
  await discardOwn(disk, root, draft.id, own).catch(() => undefined);
}

/** Deletes what an undo took away, unless anything of it is none of these. */
async function discardOwn(disk: Disk, root: string, id: string, own: ReadonlySet<number>): Promise<void> {
  const { steps } = await findUndoable(disk, root, id);
  const removed = steps.map(({ to, inode, over }) => (isKept(to) ? inode : over));
  if (removed.every((inode) => inode === null || own.has(inode))) await discardKept(disk, root, id);
}
