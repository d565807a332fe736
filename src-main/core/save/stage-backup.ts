import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { type StagedFile, stageCopy } from '../files/stage-file.ts';
import { moveStep, placeStep } from '../operations/make-step.ts';
import { keptPath, type Step } from '../operations/operation.ts';
import type { OperationDraft, Writing } from '../operations/write-run.ts';
import type { Target } from './choose-target.ts';

/** What tells a file from another, and from itself once it was written to. */
export type Seen = Pick<FileStatus, 'ino' | 'size' | 'mtimeMs'>;

/** A copy of what is about to be replaced; none where its bytes are not those on record. */
export interface StagedBackup {
  steps: Step[];
  /** Its path in the run. */
  name: string | null;
  warnings: string[];
}

/**
 * The reference's `.backup` of a version that is about to be replaced, staged; older generations wait in the trash.
 * @param recorded the SHA-256 on record of the version
 * @param staged gets what is to be removed when the save fails
 */
export async function stageBackup(
  { config, disk, root }: Writing,
  id: string,
  recorded: string | null,
  draft: OperationDraft,
  staged: StagedFile[],
): Promise<StagedBackup> {
  const copy = await stageCopy(disk, `${root}/${id}`, posix.dirname(`${root}/${id}`), 'backup');
  staged.push(copy);
  const name = `${id}${config.backup_suffix}`;
  if (recorded === null || recorded === copy.checksum) {
    const step = await placeStep(disk, root, inRun(root, copy.path), name, draft.id);
    return { steps: [step], name, warnings: [] };
  }
  await disk.unlink(copy.path);
  const warning = `the file that was replaced no longer matched its checksum: it is in the trash, and ${escapeName(name)} stays as it was`;
  return { steps: [], name: null, warnings: [warning] };
}

/** One that tells of the bytes that are replaced must not seem to tell of the new ones: it goes with them. */
export async function moveSidecar(
  { disk, root }: Writing,
  { sidecar }: Pick<Target, 'sidecar'>,
  draft: OperationDraft,
): Promise<Step[]> {
  if ((await disk.lookAt(`${root}/${sidecar}`))?.type !== 'file') return [];
  return [await moveStep(disk, root, sidecar, keptPath(draft.id, sidecar))];
}

/** Trainers take no lock: one that saved while this save was staged must not be overwritten. @throws ModelManagerError */
export function assertUntouched(before: Seen | null, now: Seen | null, id: string): void {
  if (!isUntouched(before, now)) throw changedOnDisk(id);
}

/** Whether it is the same file, or nothing, as it was. */
export function isUntouched(before: Seen | null, now: Seen | null): boolean {
  return before?.ino === now?.ino && before?.mtimeMs === now?.mtimeMs && before?.size === now?.size;
}

export function changedOnDisk(id: string): ModelManagerError {
  return new ModelManagerError(
    `${escapeName(id)} changed on disk — another program saved it meanwhile, and it is not overwritten — look at the run and save again`,
    { path: id },
  );
}

/** An absolute path below the run as a path of the run. */
export function inRun(root: string, path: string): string {
  return path.slice(root.length + 1);
}
