import { expect, test } from 'vitest';
import type { CheckpointFile } from '../../shared/model/checkpoint-file.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import {
  allRunsId,
  emptySession,
  runsInView,
  runsTogether,
  withoutCheckpoint,
  withoutRun,
  withRunTogether,
} from './session-state.ts';

const runs = ['a', 'b', 'c'].map((runId) => ({ runId }) as RunSummary);
const state = { ...emptySession, runs, currentId: allRunsId };
const ids = (shown: readonly RunSummary[]) => shown.map(({ runId }) => runId);

test('all open runs are shown together but for those that were left out', () => {
  const without = withRunTogether(state, 'b', false);
  expect(ids(runsTogether(without))).toEqual(['a', 'c']);
  expect(ids(runsTogether(withRunTogether(without, 'b', true)))).toEqual(['a', 'b', 'c']);
});

test('the table of all stays while there are several, then the run that is left is shown', () => {
  const two = withoutRun(withRunTogether(state, 'b', false), 'b');
  expect([two.currentId, two.leftOut.size]).toEqual([allRunsId, 0]);
  expect(withoutRun(two, 'a').currentId).toBe('c');
});

test('in view are the runs of the table of all that it shows, else the one that is shown', () => {
  expect(runsInView(withRunTogether(state, 'b', false))).toEqual(['a', 'c']);
  expect(runsInView({ ...state, currentId: 'b' })).toEqual(['b']);
  expect(runsInView({ ...state, currentId: 'a-checkpoint' })).toEqual([]);
});

test('the table of all stays where a checkpoint without a run is closed', () => {
  const checkpoints = [{ checkpointId: 'f' } as CheckpointFile];
  const closed = withoutCheckpoint({ ...state, runs: runs.slice(0, 2), checkpoints }, 'f');
  expect([closed.currentId, closed.checkpoints]).toEqual([allRunsId, []]);
});
