import type { Disk } from '../files/disk.ts';
import { commitOperation } from '../operations/commit-operation.ts';
import { moveStep } from '../operations/make-step.ts';
import { keptPath, type Operation } from '../operations/operation.ts';
import { complete, type OperationDraft } from '../operations/write-run.ts';

/** A version to move, with all that belongs to it: paths relative to the run. `folder` is the one that it is, where it is one. */
export interface Doomed {
  id: string;
  files: readonly string[];
  folder?: string;
}

/** Moves versions to the trash, all of them or none. @returns the operation that {@link undo} takes back */
export async function moveToTrash(
  disk: Disk,
  root: string,
  draft: OperationDraft,
  doomed: readonly Doomed[],
): Promise<Operation> {
  const paths = [...new Set(doomed.flatMap(({ files }) => files))];
  const steps = await Promise.all(paths.map((path) => moveStep(disk, root, path, keptPath(draft.id, path))));
  const bytes = steps.reduce((sum, { size }) => sum + size, 0);
  const operation = complete(
    draft,
    steps,
    doomed.map(({ id }) => id),
    bytes,
    doomed.flatMap(({ folder }) => folder ?? []),
  );
  await commitOperation(disk, root, operation);
  return operation;
}
