import { useCallback, useMemo, useState } from 'react';
import type { PrunePlan } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { type PruneRules, requestOf } from './prune-rules.ts';
import { type PlanQuestion, type ShownPlan, useShownPlan } from './useShownPlan.ts';

/** What these rules would do to the run. Made again when they, or the versions, change. */
export function usePrunePlan(
  run: RunSummary,
  rules: PruneRules,
  total: number,
): { shown: ShownPlan<PrunePlan>; askAgain: () => void } {
  const [round, setRound] = useState(0);
  // By value: the run is told anew whenever anything of it changes.
  const { name, mode } = run.metric;
  const question = useMemo(
    () => ({ round, total, ...questionOf(requestOf({ runId: run.runId, metric: { name, mode } }, rules)) }),
    [run.runId, name, mode, rules, round, total],
  );
  const shown = useShownPlan(question);
  return { shown, askAgain: useCallback(() => setRound((past) => past + 1), []) };
}

function questionOf(request: ReturnType<typeof requestOf>): PlanQuestion<PrunePlan> {
  return {
    simulate: async () => {
      const answer = await window.cairn.request('simulatePrune', request);
      return answer.ok ? { ok: true, value: JSON.parse(answer.value.json) as PrunePlan } : answer;
    },
    read: () => window.cairn.request('planPrune', request),
  };
}
