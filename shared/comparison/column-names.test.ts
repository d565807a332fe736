import { expect, test } from 'vitest';
import { columnNames } from './column-names.ts';

const row = (version: number | null, id: string) => ({ version, id });

test('a column is called by its number, and by its file where another has that number or there is none', () => {
  expect(columnNames([row(1, 'best_models/a.pt'), row(2, 'best_models/b.pt')], ['ppo', 'ppo'])).toEqual([
    'v1',
    'v2',
  ]);
  expect(
    columnNames(
      [
        row(1, 'best_models/a.pt'),
        row(1, 'best_models/b.pt'),
        row(null, 'checkpoints/c.pt'),
        row(null, 'best_models/c.pt'),
        row(3, 'best_models/d.pt'),
      ],
      ['', '', '', '', ''],
    ),
  ).toEqual(['a.pt', 'b.pt', 'checkpoints/c.pt', 'best_models/c.pt', 'v3']);
});

test('versions of several runs are called by their runs too, each among those of its own', () => {
  const rows = [row(1, 'a.pt'), row(1, 'a.pt'), row(1, 'b.pt'), row(2, 'c.pt')];
  expect(columnNames(rows, ['ppo', 'sac', 'sac', 'sac'])).toEqual([
    'ppo · v1',
    'sac · a.pt',
    'sac · b.pt',
    'sac · v2',
  ]);
});
