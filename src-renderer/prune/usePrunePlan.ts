import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useMemo } from 'react';
import type { Failure } from '../../shared/failure.ts';
import type { PlannedVersion } from '../../shared/ipc/writing-contract.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import type { PruneRules } from './prune-rules.ts';

/** How long the rules must stand still before a plan is made of them, in milliseconds. */
const settling = 250;

export interface PrunePlan {
  versions: readonly PlannedVersion[];
  removed: number;
  bytes: number;
  atMost: boolean;
  /** What tells it from any other plan. */
  plan: string;
}

/** What these rules would do to the run, made again whenever they or the number of its versions change. */
export function usePrunePlan(
  runId: string,
  rules: PruneRules,
  total: number,
): { plan: PrunePlan | null; failure: Failure | null; waiting: boolean; askAgain: () => void } {
  const [settled] = useDebouncedValue(rules, settling);
  // biome-ignore lint/correctness/useExhaustiveDependencies: versions that come or go call for another plan
  const ask = useCallback(
    () => window.cairn.request('planPrune', { runId, ...settled }),
    [runId, settled, total],
  );
  const { value, failure, waiting, askAgain } = useAnswer(ask);
  const plan = useMemo(
    () => value && { ...value, versions: JSON.parse(value.versions) as PlannedVersion[] },
    [value],
  );
  return { plan, failure, waiting: waiting || settled !== rules, askAgain };
}
