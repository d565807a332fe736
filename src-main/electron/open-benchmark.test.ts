import { expect, test } from 'vitest';
import type { FinishedRun } from '../core/benchmark/summarise-runs.ts';
import { OpenBenchmark } from './open-benchmark.ts';

const ids = Array.from({ length: 1200 }, (_, index) => `m${index}.pt`);
const opened = () =>
  new OpenBenchmark(
    'eval {model}',
    [0, 1],
    [
      { runId: 'run', versions: new Map(ids.slice(0, 1000).map((id, index) => [id, index])) },
      { runId: 'other', versions: new Map(ids.slice(1000).map((id, index) => [id, 5000 + index])) },
    ],
  );
const ran = (id: string, failure: string | null): FinishedRun => ({
  id,
  seed: 0,
  seconds: 1,
  at: '2024-01-01T00:00:00Z',
  report: failure === null ? { metrics: { score: 1 }, episodes: {} } : null,
  failure,
  reused: false,
  output: null,
});

test('while it goes on sums are told of all versions, and no more of each than is listed; when it is done, all', () => {
  const benchmark = opened();
  benchmark.add('run', ran('m0.pt', null));
  benchmark.add('other', ran('m1199.pt', 'it ended with code 1'));
  const running = benchmark.show();
  expect(running).toMatchObject({ state: 'running', sums: { versions: 1200, done: 2, failed: 1 } });
  expect(running.subjects.map(({ id }) => id)).toEqual(ids.slice(0, 500));
  const result = { versions: [], baseline: null, operation: null, failure: null, notices: [] };
  benchmark.note('run', { ...result, notices: ['one'] });
  expect(benchmark.show().state).toBe('running');
  benchmark.note('other', { ...result, notices: ['two'] });
  benchmark.end();
  expect(benchmark.show()).toMatchObject({ state: 'done', notices: ['one', 'two'] });
  expect(benchmark.show().subjects).toHaveLength(1200);
});

test('one that was stopped tells no more than one that goes on', () => {
  const benchmark = opened();
  benchmark.stop(true, '');
  expect(benchmark.show()).toMatchObject({ state: 'cancelled', sums: { versions: 1200 } });
  expect(benchmark.show().subjects).toHaveLength(500);
});
