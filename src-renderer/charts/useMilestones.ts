import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useMemo } from 'react';
import type { Failure, Result } from '../../shared/failure.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import type { TableRuns } from '../run/table-runs.ts';
import { type Milestone, milestonesOf } from './milestones.ts';

/** How long the run must stand still before its records are looked at again, in milliseconds. */
const settling = 250;
const none: Milestone[] = [];

export interface Milestones {
  all: readonly Milestone[];
  failure: Failure | null;
}

/** The backups and prunes of these runs, the oldest first. @param revision asked for again when this changes @param wanted nothing is asked for without */
export function useMilestones(runs: TableRuns, revision: unknown, wanted: boolean): Milestones {
  const [settled] = useDebouncedValue(revision, settling);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes a run is in its log
  const ask = useCallback(
    () => (wanted ? askForAll(runs) : Promise.resolve(nothing)),
    [runs.key, settled, wanted],
  );
  const { value, failure } = useAnswer(ask);
  return useMemo(() => ({ all: value ?? none, failure }), [value, failure]);
}

const nothing: Result<Milestone[]> = { ok: true, value: none };

/** What cannot be read of one of them is told, and no part of it is shown. */
async function askForAll(runs: TableRuns): Promise<Result<Milestone[]>> {
  const answers = await Promise.all(runs.all.map(({ runId }) => askFor(runId)));
  const failed = answers.find(({ ok }) => !ok);
  if (failed) return failed;
  const all = answers.flatMap((answer, index) => {
    const run = runs.areSeveral ? runs.all[index] : undefined;
    const name = run ? runs.nameOf(run) : null;
    return answer.ok ? answer.value.map((each) => ({ ...each, run: name })) : [];
  });
  return { ok: true, value: all.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)) };
}

async function askFor(runId: string): Promise<Result<Milestone[]>> {
  const [log, backups] = await Promise.all([
    window.cairn.request('listLog', { runId }),
    window.cairn.request('listBackups', { runId, place: null }),
  ]);
  if (!log.ok) return log;
  return backups.ok ? { ok: true, value: milestonesOf(log.value.lines, backups.value.backups) } : backups;
}
