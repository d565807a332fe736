import { expect, test } from 'vitest';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import { buildColumns } from './columns.ts';
import { isTooNarrow, narrowOrder, narrowWidths } from './narrow-order.ts';

const by = (name: string): SelectionMetric => ({ name, mode: 'max', source: 'config' });
const metrics = ['sharpe', 'win_rate', 'calmar', 'total_return'].map((name) => ({ name, fractional: true }));
const none: ReadonlyMap<string, boolean> = new Map();

function idsOf(metric: string, runOf: (() => string) | null = null): string[] {
  const columns = buildColumns(metrics, [by(metric)], { runOf });
  return narrowOrder(columns).flatMap(({ id, shown }) => (shown ? id : []));
}

test('a narrow window shows first what decides, then the others as they stand otherwise', () => {
  expect(idsOf('calmar').slice(0, 7)).toEqual([
    'version',
    'metric:calmar',
    'integrity',
    'reward',
    'pinned',
    'kind',
    'metric:sharpe',
  ]);
  expect(idsOf('mean_reward').slice(0, 4)).toEqual(['version', 'reward', 'integrity', 'pinned']);
  expect(idsOf('sharpe', () => 'a run').slice(0, 4)).toEqual([
    'version',
    'run',
    'metric:sharpe',
    'integrity',
  ]);
});

test('a window is narrow where the last column that decides would be cut beside the details', () => {
  const sharpe = buildColumns(metrics, [by('sharpe')]);
  const calmar = buildColumns(metrics, [by('calmar')]);
  expect([1024, 1280, 1440].map((width) => isTooNarrow(sharpe, none, width))).toEqual([true, false, false]);
  expect([1024, 1280, 1600].map((width) => isTooNarrow(calmar, none, width))).toEqual([true, true, false]);
});

test('what somebody hid makes room', () => {
  const columns = buildColumns(metrics, [by('sharpe')]);
  const hidden = new Map(['pinned', 'kind', 'reward'].map((id) => [id, false]));
  expect(isTooNarrow(columns, hidden, 1024)).toBe(false);
});

test('in a narrow window with several runs, run and version give way until the integrity is seen whole', () => {
  const columns = buildColumns(metrics, [by('sharpe')], { runOf: () => 'a run' });
  const widths = narrowWidths(columns, none, 1024);
  const until = narrowOrder(columns).slice(0, 4);
  const sum = until.reduce((all, { id, width }) => all + (widths.get(id) ?? width), 0);
  expect([until.at(-1)?.id, sum]).toEqual(['integrity', 1024 - 168 - 308 - 11]);
  expect([...widths.keys()]).toEqual(['run', 'version']);
  expect(narrowWidths(columns, new Map([['run', false]]), 1024).size).toBe(0);
  expect(narrowWidths(buildColumns(metrics, [by('sharpe')]), none, 1024).size).toBe(0);
});
