import type { VersionFiles } from '../catalog/files-of-versions.ts';
import type { Disk } from '../files/disk.ts';
import { findNoFile } from '../files/tell-no-file.ts';
import { linesAt } from '../operations/change-list.ts';
import { type ChangedRun, commitAndTell } from '../operations/commit-and-tell.ts';
import { moveFolderStep, moveStep } from '../operations/make-step.ts';
import { keptPath, type Operation } from '../operations/operation.ts';
import { modesOf } from '../operations/run-folders.ts';
import { complete, type OperationDraft } from '../operations/write-run.ts';

/**
 * Moves versions to the trash, all of them or none.
 * @param assertMay is asked once it is known which files would go, and in which state; nothing was changed then
 * @returns the operation that {@link undo} takes back
 */
export async function moveToTrash(
  run: ChangedRun,
  draft: OperationDraft,
  doomed: readonly VersionFiles[],
  assertMay: () => Promise<void> = async () => undefined,
): Promise<Operation> {
  const { disk, root } = run;
  const whole = await foldersAsOne(disk, root, doomed);
  const each = doomed.filter(({ folder }) => folder === undefined || !whole.has(folder));
  const paths = [...new Set(each.flatMap(({ files }) => files))];
  const steps = await Promise.all([
    ...paths.map((path) => moveStep(disk, root, path, keptPath(draft.id, path))),
    ...Array.from(whole, (path) => moveFolderStep(disk, root, path, keptPath(draft.id, path))),
  ]);
  const bytes = steps.reduce((sum, { size }) => sum + size, 0);
  const ids = doomed.map(({ id }) => id);
  const folders = each.flatMap(({ folder }) => folder ?? []);
  const inner = each.flatMap(({ folder, inner = [] }) => (folder === undefined ? [] : [folder, ...inner]));
  const modes = await modesOf(disk, root, inner);
  const made = modes.map(({ path, mode }) => ({ path: keptPath(draft.id, path), mode }));
  const moved = steps.map(({ from }) => from);
  const unlisted = await linesAt(disk, root, moved);
  const operation = complete(draft, steps, ids, bytes, { folders, made, unlisted });
  await assertMay();
  await commitAndTell(run, operation);
  return operation;
}

/** Those of the folders that hold more than files, which cannot be moved one by one: a link, a pipe, a name that is no text. */
async function foldersAsOne(
  disk: Disk,
  root: string,
  doomed: readonly VersionFiles[],
): Promise<ReadonlySet<string>> {
  const whole = new Set<string>();
  for (const { folder, files } of doomed) {
    const odd = folder === undefined ? null : await findNoFile(disk, files, (path) => `${root}/${path}`);
    if (folder !== undefined && odd?.isThere) whole.add(folder);
  }
  return whole;
}
