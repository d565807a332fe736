import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RunsPlan } from '../../shared/ipc/prune-runs-contract.ts';
import type { AskedRules } from '../../shared/ipc/writing-contract.ts';
import { type ShownPlan, useShownPlan } from '../prune/useShownPlan.ts';
import { finishTask } from '../tasks/finish-task.ts';

/** What these rules would do to each of these runs of a folder; memoize what is given. Main holds the runs for as long as this is shown. */
export function useRunsPlan(
  workspaceId: string,
  runs: readonly number[],
  rules: AskedRules,
): { shown: ShownPlan<RunsPlan>; askAgain: () => void } {
  const [round, setRound] = useState(0);
  const question = useMemo(() => {
    const begin = (read: boolean) =>
      window.cairn.request('planPruneRuns', { workspaceId, runs: [...runs], rules, read });
    return {
      round,
      simulate: () =>
        finishTask<RunsPlan>(
          () => begin(false),
          () => undefined,
        ),
      read: () => begin(true),
    };
  }, [workspaceId, runs, rules, round]);
  useEffect(() => () => void window.cairn.request('endPruneRuns', { workspaceId }), [workspaceId]);
  const shown = useShownPlan(question);
  return { shown, askAgain: useCallback(() => setRound((past) => past + 1), []) };
}
