import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useMemo } from 'react';
import type { Failure, Result } from '../../shared/failure.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { type Milestone, milestonesOf } from './milestones.ts';

/** How long the run must stand still before its records are looked at again, in milliseconds. */
const settling = 250;
const none: Milestone[] = [];

export interface Milestones {
  all: readonly Milestone[];
  failure: Failure | null;
}

/** The backups and prunes of a run. @param revision asked for again when this changes @param wanted nothing is asked for without */
export function useMilestones(runId: string, revision: unknown, wanted: boolean): Milestones {
  const [settled] = useDebouncedValue(revision, settling);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes the run is in its log
  const ask = useCallback(
    () => (wanted ? askFor(runId) : Promise.resolve(nothing)),
    [runId, settled, wanted],
  );
  const { value, failure } = useAnswer(ask);
  return useMemo(() => ({ all: value ?? none, failure }), [value, failure]);
}

const nothing: Result<Milestone[]> = { ok: true, value: none };

async function askFor(runId: string): Promise<Result<Milestone[]>> {
  const [log, backups] = await Promise.all([
    window.cairn.request('listLog', { runId }),
    window.cairn.request('listBackups', { runId, place: null }),
  ]);
  if (!log.ok) return log;
  return backups.ok ? { ok: true, value: milestonesOf(log.value.lines, backups.value.backups) } : backups;
}
