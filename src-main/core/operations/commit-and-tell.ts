import { commitOperation } from './commit-operation.ts';
import type { Operation } from './operation.ts';
import type { WritableRun } from './write-run.ts';

/** A run that an operation changes, and who is told what a person must know of that. */
export type ChangedRun = Pick<WritableRun, 'disk' | 'root' | 'onNotice'>;

/** What is said of a file system that cannot sync folders. */
export const notDurable = 'this file system does not confirm that names outlive a power cut';

/** {@link commitOperation}; that it may not last is told. */
export async function commitAndTell(
  { disk, root, onNotice }: ChangedRun,
  operation: Operation,
): Promise<void> {
  const { durable } = await commitOperation(disk, root, operation);
  if (!durable) onNotice?.(notDurable);
}
