import { useDebouncedValue } from '@mantine/hooks';
import { useCallback } from 'react';
import type { Requests } from '../../shared/ipc/contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';

/** How long a run must stand still before its best is judged anew, in milliseconds: all its versions are looked through. */
const settling = 1000;

interface Judgement {
  /** Null until it has come. */
  found: Requests['judgeBest']['output'] | null;
  /** Whether it is of the run as it was before. */
  isOld: boolean;
}

/** How sure it is that the best is the best. What the run was like before is shown until it is judged anew. */
export function useJudgement(run: RunSummary): Judgement {
  const [settled] = useDebouncedValue(run, settling);
  const ask = useCallback(() => window.cairn.request('judgeBest', { runId: settled.runId }), [settled]);
  const { value, waiting } = useAnswer(ask);
  return { found: value, isOld: waiting || settled !== run };
}
