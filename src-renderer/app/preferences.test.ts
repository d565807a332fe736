import { expect, test } from 'vitest';
import { emptyLayout } from '../table/table-layout.ts';
import {
  decodePreferences,
  defaultPreferences,
  encodePreferences,
  layoutKey,
  layoutUnder,
  withLayout,
} from './preferences.ts';

const sorted = { ...emptyLayout, sort: { id: 'reward', desc: true } };

test('preferences survive being stored', () => {
  const views = [{ name: 'a', folder: null, query: 'reward > 1', layout: sorted }];
  const preferences = withLayout(
    {
      ...defaultPreferences,
      detailsOpen: false,
      detailsTab: 'contents' as const,
      detailsWide: true,
      detailsWidth: 400,
      sidebarWidth: 200,
      views,
      evaluators: ['eval.py {model}'],
      charts: {
        ...defaultPreferences.charts,
        across: 'step',
        strips: ['reward'],
        bars: ['metric:sharpe'],
        asBars: true,
      },
    },
    ['k', 'l'],
    sorted,
  );
  expect(decodePreferences(encodePreferences(preferences))).toEqual(preferences);
});

test('garbage counts as never stored', () => {
  for (const text of [
    null,
    '',
    '{',
    'null',
    '7',
    '[]',
    '{"layouts":{"a":1}}',
    '{"evaluators":[7]}',
    '{"layouts":[[1,2],3]}',
    '{"charts":{"axes":7,"directions":[["a","up"],3]}}',
  ]) {
    expect(decodePreferences(text)).toEqual(defaultPreferences);
  }
});

test('the layouts changed last are kept, and only so many', () => {
  const many = Array.from({ length: 120 }, (_, index) => `k${index}`);
  const full = many.reduce((kept, key) => withLayout(kept, [key], sorted), defaultPreferences);
  const kept = decodePreferences(encodePreferences(withLayout(full, ['k30'], emptyLayout))).layouts;
  expect(kept.size).toBe(80);
  expect([...kept.keys()].at(-1)).toBe('k30');
});

test('runs with the same metrics share a layout, in whatever order they were met', () => {
  expect(layoutKey(['b', 'a'])).toBe(layoutKey(['a', 'b']));
  expect(layoutKey(['a,b'])).not.toBe(layoutKey(['a', 'b']));
});

test('a run to which a metric comes keeps its layout, and runs with the same metrics go by what was changed last', () => {
  const [before, since] = [layoutKey(['sharpe']), layoutKey(['sharpe', 'bench_score'])];
  const arranged = withLayout(defaultPreferences, [before, '/runs/ppo'], sorted);
  expect(layoutUnder(arranged, [since, '/runs/ppo'])).toEqual(sorted);
  expect(layoutUnder(arranged, [before, '/runs/sac'])).toEqual(sorted);
  expect(layoutUnder(arranged, [since, '/runs/sac'])).toBeNull();
  const grouped = { ...emptyLayout, group: 'kind' };
  const other = withLayout(arranged, [before, '/runs/sac'], grouped);
  expect(layoutUnder(other, [before, '/runs/ppo'])).toEqual(grouped);
  expect(layoutUnder(other, [since, '/runs/ppo'])).toEqual(sorted);
});
