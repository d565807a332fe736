import { type Action, useAction } from '../dialogs/useAction.ts';
import { versionsAre } from '../format/plural.ts';
import { showUndoable } from '../trash/show-undoable.tsx';
import type { PruneRules } from './prune-rules.ts';

/** The way to do the plan that is shown, and then to say what went, with the way back. */
export function usePruning(
  runId: string,
  onDone: () => void,
  onFailed: () => void,
): { action: Action; prune: (rules: PruneRules, plan: string) => void } {
  const action = useAction(onFailed);
  const prune = (rules: PruneRules, plan: string) =>
    action.run(
      () => window.cairn.request('prune', { runId, ...rules, plan }),
      ({ operation, removed }) => {
        onDone();
        const versions = versionsAre(removed);
        const done = removed === 0 ? 'Nothing had to go' : `${versions} in the trash`;
        showUndoable({ runId, operation, done, undone: `${versions} back` });
      },
    );
  return { action, prune };
}
