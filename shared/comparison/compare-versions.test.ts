import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareIntegrity } from '../model/integrity.ts';
import { chooseRows } from './choose-rows.ts';
import { bestPlaces, differenceFrom } from './compare-numbers.ts';
import { type ComparedVersion, compareVersions } from './compare-versions.ts';
import { aComparedVersion } from './compared-version.fixture.ts';
import { mergeRecords, pathKey } from './merge-records.ts';

const directions = new Map([
  ['sharpe', 'max'],
  ['drawdown', 'min'],
] as const);
const directionOf = (name: string) => directions.get(name as 'sharpe') ?? null;

const version = (number: number, metrics: Record<string, number>, record: object = {}) =>
  aComparedVersion({ version: number, reward: number / 10, metrics }, record);

function rowsOf(versions: ComparedVersion[], title: string) {
  return compareVersions(versions, directionOf).find((section) => section.title === title)?.rows ?? [];
}

describe('versions side by side', () => {
  test('every metric that any of them has is a row; one that lacks it shows it as missing', () => {
    const rows = rowsOf([version(1, { sharpe: 1 }), version(2, { drawdown: 0.25 })], 'Metrics');
    expect(rows.map(({ label, values }) => [label, ...values])).toEqual([
      ['Reward', 0.1, 0.2],
      ['sharpe', 1, null],
      ['drawdown', null, 0.25],
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
    expect(rows.map(({ label, values }) => [label, values[0]])).toEqual([
      ['a.b', 1],
      ['a.b', 2],
      ['__proto__.x', 3],
    ]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('numbers of a record stay numbers, also those that JSON lacks; all else is text', () => {
    const record = {
      sidecar: { lr: -0.5, low: '-Infinity', on: true, list: [1, 'a'], none: null, name: '-x' },
    };
    const rows = rowsOf([version(1, {}, record)], 'Config and hyperparameters');
    expect(rows.map(({ values }) => values[0])).toEqual([
      -0.5,
      Number.NEGATIVE_INFINITY,
      'true',
      '[1,"a"]',
      'null',
      '-x',
    ]);
  });

  test('what is empty differs from what is not there; equal NaNs do not differ', () => {
    const records = [{ sidecar: { note: '' } }, { sidecar: {} }];
    const versions = records.map((record) => version(1, { sharpe: Number.NaN }, record));
    expect(rowsOf(versions, 'Config and hyperparameters')).toMatchObject([
      { values: ['', null], differs: true },
    ]);
    expect(rowsOf(versions, 'Metrics')[1]).toMatchObject({ label: 'sharpe', differs: false });
  });

  test('of a long note all of it is compared, once it is there', () => {
    const begins = 'x'.repeat(1000);
    const versions = ['a', 'b'].map((end) => aComparedVersion({ notes: begins }, { notes: begins + end }));
    const notes = (of: ComparedVersion[]) =>
      rowsOf(of, 'Progress and file').find(({ label }) => label === 'Notes');
    expect(notes(versions)?.differs).toBe(true);
    expect(notes(versions.map(({ row }) => ({ row, record: null })))?.differs).toBe(false);
  });

  test('one without any metric, beside others, says nothing of each', () => {
    const bare = aComparedVersion({ version: 3 }, {});
    expect(rowsOf([version(1, { sharpe: 1 }), bare], 'Metrics').map(({ values }) => values)).toEqual([
      [0.1, null],
      [1, null],
    ]);
    expect(rowsOf([bare, bare], 'Metrics')).toEqual([]);
  });

  test('what is equal, or not asked for by name, is left out and counted', () => {
    const sections = compareVersions([version(1, { sharpe: 1 }), version(1, { sharpe: 2 })], directionOf);
    const shown = (differencesOnly: boolean, words: string) =>
      chooseRows(sections, { differencesOnly, words }).map(({ rows, hidden }) => [
        rows.map(({ label }) => label).join(),
        hidden,
      ]);
    expect(shown(true, '')).toEqual([
      ['sharpe', 1],
      ['', 2],
    ]);
    expect(shown(false, ' SHARPE ')).toEqual([
      ['sharpe', 1],
      ['', 2],
    ]);
    expect(shown(false, 'int')).toEqual([
      ['', 2],
      ['Integrity', 1],
    ]);
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

  test('a version whose file is not what was measured is the best in no row', () => {
    const broken = aComparedVersion({
      version: 1,
      metrics: { sharpe: 3 },
      integrity: bareIntegrity('mismatch'),
    });
    const row = rowsOf([broken, version(2, { sharpe: 2 }), version(3, { sharpe: 1 })], 'Metrics')[1];
    expect(row && [...bestPlaces(row)]).toEqual([1]);
  });

  test('what was evaluated is told apart from what was set', () => {
    const of = (worst: number) => ({
      sidecar: { evaluation_results: { worst }, training_config: { lr: 0.1 } },
    });
    const versions = [version(1, {}, of(1)), version(2, {}, of(2))];
    const labels = (title: string) => rowsOf(versions, title).map(({ label }) => label);
    expect(labels('Evaluation')).toEqual(['worst']);
    expect(labels('Config and hyperparameters')).toEqual(['training_config.lr']);
  });
});

test('every value of a record is a leaf of its own, within limits', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (record) => {
      const { leaves } = mergeRecords([record]);
      expect(new Set(leaves.map(({ path }) => pathKey(path))).size).toBe(leaves.length);
    }),
  );
  const deep = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`);
  expect(mergeRecords([deep]).leaves[0]?.path).toHaveLength(12);
  const wide = Object.fromEntries(Array.from({ length: 9000 }, (_, index) => [`k${index}`, index]));
  const { leaves, isCut } = mergeRecords([wide]);
  expect([leaves.length, isCut, mergeRecords([{ a: 1 }]).isCut]).toEqual([5000, true, false]);
});

test('where more values are there than are compared, that stands among the differences', () => {
  const wide = Object.fromEntries(Array.from({ length: 9000 }, (_, index) => [`k${index}`, index]));
  const rows = rowsOf(
    [version(1, {}, { training_state: wide }), version(2, {}, { training_state: wide })],
    'Training state',
  );
  const differing = rows.filter(({ differs }) => differs).map(({ label, values }) => [label, values]);
  expect(differing).toContainEqual(['and more values', ['not compared', 'not compared']]);
});

test('a value here and nested values there, by one name, are all told', () => {
  const rows = rowsOf(
    [version(1, {}, { sidecar: { a: 1 } }), version(2, {}, { sidecar: { a: { b: 2 }, c: {} } })],
    'Config and hyperparameters',
  );
  expect(rows.map(({ label, values }) => [label, ...values])).toEqual([
    ['a', 1, null],
    ['a.b', null, 2],
    ['c', null, '{}'],
  ]);
});

const configRows = (...configs: unknown[]) =>
  rowsOf(
    configs.map((sidecar, index) => version(index, {}, { sidecar })),
    'Config and hyperparameters',
  ).map(({ label, values, differs }) => [label, ...values, differs]);

test('what one nests and another has under a name with dots is one row, unless one of them has both', () => {
  const [flat, nested, none] = [{ 'a.b': 1 }, { a: { b: 1 } }, { c: 0 }];
  expect(configRows(flat, nested, none)).toEqual([
    ['a.b', 1, 1, null, true],
    ['c', null, null, 0, true],
  ]);
  expect(configRows(flat, nested)).toEqual([['a.b', 1, 1, false]]);
  expect(configRows({ ...flat, a: { b: null } }, { a: { b: 2 } })).toEqual([
    ['a.b', 1, null, true],
    ['a.b', 'null', 2, true],
  ]);
});

test('what differs is told by what values mean: of a text as YAML or a command line has it, and of objects whatever their order', () => {
  const one = { seed: 1, on: true, none: null, low: '-Infinity', list: [1, 2], of: [{ a: 1, b: 2 }] };
  const two = { seed: '1', on: 'True', none: 'null', low: '-Infinity', list: '[1,2]', of: [{ b: 2, a: 1 }] };
  expect(configRows(one, two).filter((row) => row.at(-1))).toEqual([['list', '[1,2]', '"[1,2]"', true]]);
  expect(configRows({ a: null, big: '12345678901234567890' }, { big: '12345678901234567891' })).toEqual([
    ['a', 'null', null, true],
    ['big', '12345678901234567890', '12345678901234567891', true],
  ]);
  expect(configRows({ n: 'NaN' }, { n: 'NaN' })).toEqual([['n', Number.NaN, Number.NaN, false]]);
});
