import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useEffect, useState } from 'react';
import type { Failure, Result } from '../../shared/failure.ts';
import type { Task } from '../../shared/model/task.ts';
import { useWork } from '../contents/useWork.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import type { Begin } from '../tasks/finish-task.ts';

/** How long the rules must stand still before the survivors are read, in milliseconds. */
const settling = 600;

/** How a plan is come by; memoize it by what is asked. */
export interface PlanQuestion<Plan> {
  /** By what is known, at once; null where it was overtaken. */
  simulate: () => Promise<Result<Plan | null>>;
  /** By what is read, so that it can be done. */
  read: Begin;
}

export interface ShownPlan<Plan> {
  /** The plan by what was read where that is known, else by what the list says; null before there is any. */
  plan: Plan | null;
  /** Whether the plan is that of the rules as they are now. */
  current: boolean;
  /** Whether the versions that stay were read, so that it can be done. */
  ready: boolean;
  /** How far the reading is; null while that is not known. */
  task: Task | null;
  failure: Failure | null;
}

/** What is asked about: simulated at once, then by what is read. Made again when the question changes. */
export function useShownPlan<Plan>(question: PlanQuestion<Plan>): ShownPlan<Plan> {
  const simulated = useSimulation(question);
  const read = useReading(question, simulated.current);
  return {
    plan: read.plan ?? simulated.plan,
    current: read.plan !== null || simulated.current,
    ready: read.plan !== null,
    task: read.task,
    failure: read.failure ?? simulated.failure,
  };
}

function useSimulation<Plan>(question: PlanQuestion<Plan>) {
  // At once: rules that were overtaken meanwhile are not asked about.
  const ask = useCallback(() => question.simulate(), [question]);
  const { value, failure, waiting } = useAnswer(ask);
  return { plan: value, failure, current: !waiting };
}

/**
 * One plan at a time is read for: the next one cancels it.
 * @param isSimulated whether what is known of it has come: that is not held up by the reading
 */
function useReading<Plan>(question: PlanQuestion<Plan>, isSimulated: boolean) {
  const [settled] = useDebouncedValue(question, settling);
  const { start, cancel, value, failure, task } = useWork<Plan>();
  const [asked, setAsked] = useState<PlanQuestion<Plan> | null>(null);
  const current = asked === question;
  const isDue = isSimulated && settled === question && !current;
  useEffect(() => {
    if (!isDue) return;
    setAsked(question);
    start(question.read);
  }, [isDue, question, start]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rules that changed need no reading for the old ones
  useEffect(() => cancel, [question, cancel]);
  return { plan: current ? value : null, failure: current ? failure : null, task: current ? task : null };
}
