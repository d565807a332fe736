import { type Action, useAction } from '../dialogs/useAction.ts';
import { versionsAre } from '../format/plural.ts';
import { showUndoable } from '../trash/show-undoable.tsx';
import type { PruneRules } from './prune-rules.ts';

/** The way to prune, and then to say what went, with the way back. */
export function usePruning(
  runId: string,
  onDone: () => void,
): { action: Action; prune: (rules: PruneRules) => void } {
  const action = useAction();
  const prune = (rules: PruneRules) =>
    action.run(
      () => window.cairn.request('prune', { runId, ...rules }),
      ({ operation, removed }) => {
        onDone();
        const versions = versionsAre(removed);
        const done = removed === 0 ? 'Nothing had to go' : `${versions} in the trash`;
        showUndoable({ runId, operation, done, undone: `${versions} back` });
      },
    );
  return { action, prune };
}
