import { useCallback, useEffect, useMemo, useState } from 'react';
import type { PlannedRun, RunsPlan } from '../../shared/ipc/prune-runs-contract.ts';
import type { AskedRules } from '../../shared/ipc/writing-contract.ts';
import { useParts } from '../contents/useParts.ts';
import { type ShownPlan, useShownPlan } from '../prune/useShownPlan.ts';
import { useSessionPart } from '../session/useSession.ts';
import { finishTask } from '../tasks/finish-task.ts';

/** A plan of several runs; until the first one is whole, `runs` are those that were planned for by then. */
interface RunsPlanShown {
  shown: ShownPlan<RunsPlan>;
  runs: readonly PlannedRun[];
  askAgain: () => void;
}

/** What these rules would do to each of these runs of a folder; memoize what is given. Main holds the runs for as long as this is shown. */
export function useRunsPlan(workspaceId: string, runs: readonly number[], rules: AskedRules): RunsPlanShown {
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
  const isFirst = shown.plan === null;
  const task = useSessionPart(({ tasks }) => (isFirst ? (tasks.get(simulation ?? '') ?? null) : null));
  const begun = useParts<PlannedRun>(task);
  const askAgain = useCallback(() => setRound((past) => past + 1), []);
  return { shown, runs: shown.plan?.runs ?? begun, askAgain };
}
