import { useDebouncedValue } from '@mantine/hooks';
import { useCallback } from 'react';
import type { Requests } from '../../shared/ipc/contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';

/** How long a run must stand still before its best is judged anew, in milliseconds: all its versions are looked through. */
const settling = 1000;

/** How sure it is that the best is the best; null until it has come. What the run was like before is shown meanwhile. */
export function useJudgement(run: RunSummary): Requests['judgeBest']['output'] | null {
  const [settled] = useDebouncedValue(run, settling);
  const ask = useCallback(() => window.cairn.request('judgeBest', { runId: settled.runId }), [settled]);
  const { value } = useAnswer(ask);
  return value;
}
