import { expect, test } from 'vitest';
import { columnNames } from './column-names.ts';

test('a column is called by its number, and by its file where another has that number or there is none', () => {
  const row = (version: number | null, id: string) => ({ version, id });
  expect(columnNames([row(1, 'best_models/a.pt'), row(2, 'best_models/b.pt')])).toEqual(['v1', 'v2']);
  expect(
    columnNames([
      row(1, 'best_models/a.pt'),
      row(1, 'best_models/b.pt'),
      row(null, 'checkpoints/c.pt'),
      row(null, 'best_models/c.pt'),
      row(3, 'best_models/d.pt'),
    ]),
  ).toEqual(['a.pt', 'b.pt', 'checkpoints/c.pt', 'best_models/c.pt', 'v3']);
});
