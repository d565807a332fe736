import { expect, test } from 'vitest';
import { aRow } from '../versions/version-row.fixture.ts';
import { bestOf } from './best-of.ts';

const rows = [1, Number.NaN, 3, 3].map((loss, index) => aRow(index, { metrics: { loss } }));

test('the best of some versions is told by the better end of the metric, and never by what is no number', () => {
  expect(bestOf(rows, { name: 'loss', mode: 'max' })?.handle).toBe(2);
  expect(bestOf(rows, { name: 'loss', mode: 'min' })?.handle).toBe(0);
  expect(bestOf(rows, { name: 'sharpe', mode: 'max' })).toBeNull();
});
