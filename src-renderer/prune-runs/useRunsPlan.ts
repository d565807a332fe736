import { useCallback, useEffect, useMemo, useState } from 'react';
import type { PlannedRun, RunsPlan } from '../../shared/ipc/prune-runs-contract.ts';
import type { AskedRules } from '../../shared/ipc/writing-contract.ts';
import { useParts } from '../contents/useParts.ts';
import { type ShownPlan, useShownPlan } from '../prune/useShownPlan.ts';
import { useSessionPart } from '../session/useSession.ts';
import { finishTask } from '../tasks/finish-task.ts';

/**
 * What these rules would do to each of these runs of a folder; memoize what is given. Main holds the runs for as long as this is shown. Until the
 * first plan is whole, it is of those runs that are open by then.
 */
export function useRunsPlan(
  workspaceId: string,
  runs: readonly number[],
  rules: AskedRules,
): { shown: ShownPlan<RunsPlan>; askAgain: () => void } {
  const [round, setRound] = useState(0);
  const [simulation, setSimulation] = useState<string | null>(null);
  const question = useMemo(() => {
    const begin = (read: boolean) =>
      window.cairn.request('planPruneRuns', { workspaceId, runs: [...runs], rules, read });
    return {
      round,
      simulate: () => finishTask<RunsPlan>(() => begin(false), setSimulation),
      read: () => begin(true),
    };
  }, [workspaceId, runs, rules, round]);
  useEffect(() => () => void window.cairn.request('endPruneRuns', { workspaceId }), [workspaceId]);
  const shown = useShownPlan(question);
  const begun = useBegunPlan(simulation);
  const plan = shown.plan ?? begun;
  return { shown: { ...shown, plan }, askAgain: useCallback(() => setRound((past) => past + 1), []) };
}

/** As far as a plan has come; null before there is anything of it. */
function useBegunPlan(taskId: string | null): RunsPlan | null {
  const task = useSessionPart(({ tasks }) => (taskId === null ? null : (tasks.get(taskId) ?? null)));
  const runs = useParts<PlannedRun>(task);
  return useMemo(() => (runs.length === 0 ? null : { runs: [...runs], lastStep: 0 }), [runs]);
}
