import type { Requests } from '../../shared/ipc/contract.ts';
import { type Action, useAction } from '../dialogs/useAction.ts';
import { versionsAre } from '../format/plural.ts';
import { showUndoable } from '../trash/show-undoable.tsx';

/** The way to restore a backup, and then to say what was done, with the way back where there is one. */
export function useRestoring(
  request: Requests['restore']['input'],
  onDone: () => void,
): { action: Action; restore: () => void } {
  const action = useAction();
  const restore = () =>
    action.run(
      () => window.cairn.request('restore', request),
      ({ operation, restored }) => {
        onDone();
        const versions = versionsAre(restored);
        showUndoable({
          runId: request.runId,
          operation,
          done: `${versions} restored`,
          undone: `${versions} as before the restore`,
        });
      },
    );
  return { action, restore };
}
