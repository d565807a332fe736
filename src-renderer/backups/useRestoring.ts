import { type Action, useAction } from '../dialogs/useAction.ts';
import { versionsAre } from '../format/plural.ts';
import { showUndoable } from '../trash/show-undoable.tsx';

/** The way to restore a backup, and then to say what was done, with the way back where there is one. */
export function useRestoring(
  runId: string,
  backup: string,
  onDone: () => void,
): { action: Action; restore: () => void } {
  const action = useAction();
  const restore = () =>
    action.run(
      () => window.cairn.request('restore', { runId, backup }),
      ({ operation, restored }) => {
        onDone();
        const versions = versionsAre(restored);
        showUndoable({
          runId,
          operation,
          done: `${versions} restored`,
          undone: `${versions} as before the restore`,
        });
      },
    );
  return { action, restore };
}
