import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { type StagedFile, stageCopy } from '../files/stage-file.ts';
import { moveStep, placeStep } from '../operations/make-step.ts';
import { keptPath, type Step } from '../operations/operation.ts';
import type { OperationDraft, Writing } from '../operations/write-run.ts';
import type { Target } from './choose-target.ts';

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

/** An absolute path below the run as a path of the run. */
export function inRun(root: string, path: string): string {
  return path.slice(root.length + 1);
}
