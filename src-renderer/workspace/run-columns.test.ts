import { expect, test } from 'vitest';
import { labelRuns } from './label-runs.ts';
import { filledColumns } from './run-columns.ts';
import { workspaceRun } from './workspace-run.fixture.ts';

const quiet = { isWriting: false, problems: 0, recognised: null };
const shown = (changes: Parameters<typeof workspaceRun>[1][], sortedBy = 'run') => {
  const runs = changes.map((change, place) => workspaceRun(place + 1, { ...quiet, ...change }));
  return filledColumns(labelRuns(runs).values(), sortedBy).map(({ id }) => id);
};

test('a column in which no run has anything is left out, unless runs are sorted by it', () => {
  expect(shown([{}, {}])).toEqual(['run', 'best', 'latest', 'versions', 'size', 'time']);
  expect(shown([{}, { problems: 2 }])).toContain('state');
  expect(shown([{}], 'writtenBy')).toContain('writtenBy');
});

test('what a run may come to have keeps its column', () => {
  expect(shown([{ bestValue: null }])).toContain('best');
});
