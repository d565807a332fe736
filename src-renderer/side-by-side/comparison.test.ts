import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aRow } from '../versions/version-row.fixture.ts';
import { bestPlaces, type ComparedVersion, compareRecords, differenceFrom } from './comparison.ts';
import { flattenRecord, pathKey } from './flatten-record.ts';

const directions = new Map([
  ['sharpe', 'max'],
  ['drawdown', 'min'],
] as const);
const directionOf = (name: string) => directions.get(name as 'sharpe') ?? null;

function version(handle: number, metrics: Record<string, number>, record: object = {}): ComparedVersion {
  return { row: aRow(handle, { metrics, reward: handle / 10 }), details: new Map(Object.entries(record)) };
}

function rowsOf(versions: ComparedVersion[], title: string) {
  return compareRecords(versions, directionOf).find((section) => section.title === title)?.rows ?? [];
}

describe('versions side by side', () => {
  test('every metric that any of them has is a row; one that lacks it shows it as missing', () => {
    const rows = rowsOf([version(1, { sharpe: 1 }), version(2, { drawdown: 0.25 })], 'Metrics');
    expect(rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)])).toEqual([
      ['Reward', '0.1000', '0.2000'],
      ['sharpe', '1.0000', '–'],
      ['drawdown', '–', '0.2500'],
    ]);
  });

  test('nested values are told by their path, and what is equal in all is told from what differs', () => {
    const one = { sidecar: { training_config: { lr: 0.1, gamma: 0.9 }, checksum: 'a' } };
    const two = { sidecar: { training_config: { lr: 0.2, gamma: 0.9 }, checksum: 'b' } };
    const rows = rowsOf([version(1, {}, one), version(2, {}, two)], 'Config and hyperparameters');
    expect(rows.map(({ label, differs }) => [label, differs])).toEqual([
      ['training_config.lr', true],
      ['training_config.gamma', false],
    ]);
  });

  test('a name with a dot is not taken for a path, and names of a file are no keys of objects', () => {
    const record = JSON.parse('{"sidecar":{"a.b":1,"a":{"b":2},"__proto__":{"x":3}}}');
    const rows = rowsOf([version(1, {}, record)], 'Config and hyperparameters');
    expect(rows.map(({ label, cells }) => [label, cells[0]?.text])).toEqual([
      ['a.b', '1'],
      ['a.b', '2'],
      ['__proto__.x', '3'],
    ]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('NaN, a number and none differ; a difference is told only between numbers', () => {
    expect(differenceFrom(1, 2, 'max')).toEqual({ by: 1, verdict: 'better' });
    expect(differenceFrom(1, 2, 'min')).toEqual({ by: 1, verdict: 'worse' });
    expect(differenceFrom(1, 2, null)).toEqual({ by: 1, verdict: 'unknown' });
    expect(differenceFrom(2, 2, 'max')).toEqual({ by: 0, verdict: 'equal' });
    expect(differenceFrom(Number.NaN, 2, 'max')).toBeNull();
    expect(differenceFrom(null, 2, 'max')).toBeNull();
    expect(differenceFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 'max')).toBeNull();
  });

  test('the best of a row follows its direction, never a NaN, and is none where all are equal or nobody said', () => {
    const bestOf = (name: string, values: number[]) => {
      const rows = rowsOf(
        values.map((value, index) => version(index, { [name]: value })),
        'Metrics',
      );
      const row = rows.find(({ label }) => label === name);
      return row && [...bestPlaces(row)];
    };
    expect(bestOf('sharpe', [1, Number.NaN, 3, 3])).toEqual([2, 3]);
    expect(bestOf('drawdown', [1, 0.5, 3])).toEqual([1]);
    expect(bestOf('sharpe', [2, 2])).toEqual([]);
    expect(bestOf('loss', [1, 2])).toEqual([]);
  });
});

test('every value of a record is a leaf of its own, within limits', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (record) => {
      const leaves = flattenRecord(record);
      expect(new Set(leaves.map(({ path }) => pathKey(path))).size).toBe(leaves.length);
    }),
  );
  const deep = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`);
  expect(flattenRecord(deep)[0]?.path).toHaveLength(12);
  const wide = Object.fromEntries(Array.from({ length: 9000 }, (_, index) => [`k${index}`, index]));
  expect(flattenRecord(wide)).toHaveLength(5000);
});
