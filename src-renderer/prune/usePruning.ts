import type { Pruned, Pruning } from '../../shared/ipc/writing-contract.ts';
import { versionsAre } from '../format/plural.ts';
import { type TaskRun, useTask } from '../tasks/useTask.ts';
import { showUndoable } from '../undo/show-way-back.tsx';

/** The way to do the plan that is shown, and then to say what went, with the way back. */
export function usePruning(
  onDone: () => void,
  onFailed: () => void,
): { task: TaskRun; prune: (request: Pruning, plan: string) => void } {
  const task = useTask(onFailed);
  const prune = (request: Pruning, plan: string) =>
    task.run<Pruned>(
      () => window.cairn.request('prune', { ...request, plan }),
      ({ operation, removed }, isShown) => {
        if (isShown) onDone();
        const versions = versionsAre(removed);
        const done = removed === 0 ? 'Nothing to remove' : `${versions} in the trash`;
        showUndoable({ runId: request.runId, operation, done, undone: `${versions} back` });
      },
    );
  return { task, prune };
}
