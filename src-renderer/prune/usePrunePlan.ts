import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { PrunePlan } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import { useWork } from '../contents/useWork.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { type PruneRules, requestOf } from './prune-rules.ts';

/** How long the rules must stand still before the survivors are read, in milliseconds. */
const settling = 600;

export interface ShownPlan {
  /** The plan by what was read where that is known, else by what the list says; null before there is any. */
  plan: PrunePlan | null;
  /** Whether the plan is that of the rules as they are now. */
  current: boolean;
  /** Whether the versions that stay were read, so that it can be done. */
  ready: boolean;
  /** How far the reading is; null while that is not known. */
  task: Task | null;
  failure: Failure | null;
  askAgain: () => void;
}

/** What these rules would do to the run: simulated at once, then by what is read. Made again when they, or the versions, change. */
export function usePrunePlan(run: RunSummary, rules: PruneRules, total: number): ShownPlan {
  const [round, setRound] = useState(0);
  // By value: the run is told anew whenever anything of it changes.
  const { name, mode } = run.metric;
  const question = useMemo(
    () => ({ round, total, request: requestOf({ runId: run.runId, metric: { name, mode } }, rules) }),
    [run.runId, name, mode, rules, round, total],
  );
  const simulated = useSimulation(question);
  const read = useReading(question);
  return {
    plan: read.plan ?? simulated.plan,
    current: read.plan !== null || simulated.current,
    ready: read.plan !== null,
    task: read.task,
    failure: read.failure ?? simulated.failure,
    askAgain: useCallback(() => setRound((past) => past + 1), []),
  };
}

interface Question {
  request: ReturnType<typeof requestOf>;
}

function useSimulation(question: Question) {
  // At once: rules that were overtaken meanwhile are not asked about.
  const ask = useCallback(() => window.cairn.request('simulatePrune', question.request), [question]);
  const { value, failure, waiting } = useAnswer(ask);
  const plan = useMemo(() => value && (JSON.parse(value.json) as PrunePlan), [value]);
  return { plan, failure, current: !waiting };
}

/** One plan at a time is read for: the next one cancels it. */
function useReading(question: Question) {
  const [settled] = useDebouncedValue(question, settling);
  const { start, cancel, value, failure, task } = useWork<PrunePlan>();
  const [asked, setAsked] = useState<Question | null>(null);
  useEffect(() => {
    setAsked(settled);
    start(() => window.cairn.request('planPrune', settled.request));
  }, [settled, start]);
  const current = asked === question;
  // biome-ignore lint/correctness/useExhaustiveDependencies: rules that changed need no reading for the old ones
  useEffect(() => cancel, [question, cancel]);
  return { plan: current ? value : null, failure: current ? failure : null, task: current ? task : null };
}
