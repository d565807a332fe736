import { describe, expect, test } from 'vitest';
import { bareIntegrity } from '../../model/integrity.ts';
import type { JsonObject } from '../../model/json.ts';
import { numericMetrics } from '../../model/metric-values.ts';
import { localClock } from '../local-clock.ts';
import { compileQuery } from './compile-query.ts';
import { parseQuery } from './parse-query.ts';
import type { QueriedRow } from './queried-row.ts';
import { aClock } from './query.fixture.ts';

type Given = Partial<Omit<QueriedRow, 'metrics'>> & { metrics?: JsonObject };

function aRow({ metrics = {}, ...rest }: Given = {}): QueriedRow {
  return {
    id: 'best_models/model_v0007.pt',
    kind: 'best',
    version: 7,
    timestamp: null,
    step: null,
    episode: null,
    reward: null,
    metrics: numericMetrics(metrics),
    symbol: null,
    tags: [],
    notes: null,
    pinned: false,
    file_size_bytes: 1000,
    checksum: null,
    metadata_source: 'sidecar',
    integrity: bareIntegrity('unsealed'),
    is_best: false,
    is_latest: false,
    backups: 0,
    problems: [],
    ...rest,
  };
}

const matches = (query: string, row: Given = {}, clock = aClock) =>
  compileQuery(parseQuery(query), { clock, runOf: () => 'PPO 1' })(aRow(row));

describe('a value that is missing or NaN', () => {
  test.each([{}, { metrics: { sharpe: Number.NaN } }, { metrics: { sharpe: 'NaN' } }])(
    'is neither equal, nor unequal, nor less, nor more, nor in a list or not: %j',
    (row) => {
      for (const tail of ['= 1', '!= 1', '< 1', '<= 1', '> 1', '>= 1', 'in (1)', 'not in (1)', 'in ..1']) {
        expect([tail, matches(`sharpe ${tail}`, row)]).toEqual([tail, false]);
        expect([tail, matches(`not sharpe ${tail}`, row)]).toEqual([tail, true]);
      }
    },
  );

  test('is asked for by name: missing is no value at all, NaN is one', () => {
    const nan = { metrics: { sharpe: Number.NaN } };
    expect([matches('sharpe is missing'), matches('has:sharpe'), matches('sharpe is nan')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([
      matches('sharpe is missing', nan),
      matches('has:sharpe', nan),
      matches('sharpe is nan', nan),
    ]).toEqual([false, true, true]);
  });

  test('is also a text that nobody wrote, and a time that cannot be read', () => {
    expect(matches('symbol != ES')).toBe(false);
    expect(matches('symbol is missing')).toBe(true);
    expect(matches('time is missing', { timestamp: 'yesterday' })).toBe(true);
    expect(matches('time < 2030', { timestamp: 'yesterday' })).toBe(false);
  });

  test('an empty list of tags has no tag: != is true of it', () => {
    expect(matches('tag != candidate')).toBe(true);
    expect(matches('tag != candidate', { tags: ['candidate', 'other'] })).toBe(false);
    expect(matches('tag is missing')).toBe(true);
  });
});

test('infinities are numbers', () => {
  expect(matches('sharpe > 1e9', { metrics: { sharpe: Infinity } })).toBe(true);
  expect(matches('sharpe = -inf', { metrics: { sharpe: -Infinity } })).toBe(true);
});

test('reward is mean_reward where that was logged', () => {
  expect(matches('reward = 0.7', { reward: 0.2, metrics: { mean_reward: 0.7 } })).toBe(true);
  expect(matches('mean_reward = 0.2', { reward: 0.2 })).toBe(true);
});

test('a name in quotes is a metric’s, also one that is called like a field', () => {
  expect(matches('"size" = 3', { metrics: { size: 3 } })).toBe(true);
  expect(matches('size = 1kB', { metrics: { size: 3 } })).toBe(true);
});

describe('a time', () => {
  const saved = { timestamp: '2026-03-02T23:30:00' };

  test.each([
    ['time = 2026-03-02', true],
    ['time = 2026-03', true],
    ['time = 2026', true],
    ['time > 2026-03-02', false],
    ['time >= 2026-03-02', true],
    ['time <= 2026-03-02', true],
    ['time < 2026-03-03', true],
    ['time in 2026-03-01..2026-03-02', true],
    ['time in ..2026-03-01', false],
    ['time = 2026-03-02T23:30', true],
    ['time = 2026-03-02T23:30:01', false],
    ['time in 2024-02-29..', true],
  ])('that names a day, a month or a year means all of it: %s', (query, expected) => {
    expect(matches(query, saved)).toBe(expected);
  });

  test('without a zone is read off the clock of this machine where a version tells an absolute one', () => {
    const absolute = { timestamp: '2026-03-02T23:30:00Z' };
    expect(matches('time = 2026-03-03', absolute)).toBe(true);
    expect(matches('time = 2026-03-02', absolute)).toBe(false);
    expect(matches('time = 2026-03-02T21:30Z', saved)).toBe(true);
  });

  test('is old by the clock that wrote it', () => {
    expect(matches('age < 1h', { timestamp: '2026-03-10T11:30:00Z' })).toBe(true);
    expect(matches('age < 1h', { timestamp: '2026-03-10T13:30:00' })).toBe(true);
    expect(matches('age < 1h', { timestamp: '2026-03-10T12:30:00' })).toBe(false);
    expect(matches('age > 7d', { timestamp: '20260302_094200' })).toBe(true);
  });

  test('by the clock of this machine is the same there and back', () => {
    const clock = localClock();
    for (const moment of [0, Date.UTC(2026, 6, 1, 12), Date.UTC(2026, 0, 1, 0, 0, 0, 7)])
      expect(clock.toMoment(clock.toWall(moment))).toBe(moment);
  });
});

test('words are found in file, number, kind, tags, state, symbol and notes, in either case', () => {
  const row: Given = {
    tags: ['Keeper'],
    symbol: 'BTC',
    notes: 'looks odd',
    is_latest: true,
    integrity: { ...bareIntegrity('mismatch'), cause: 'bit-rot' },
  };
  for (const text of [
    'MODEL_v0007',
    'v7',
    '"best model"',
    'keep',
    'mismatch',
    'bit-rot',
    'btc',
    'odd',
    'latest',
  ])
    expect([text, matches(text, row)]).toEqual([text, true]);
  expect(matches('keeper odd', row)).toBe(true);
  expect(matches('keeper even', row)).toBe(false);
});

test('integrity is its state, and of a mismatch its cause too', () => {
  const rotten = { integrity: { ...bareIntegrity('mismatch'), cause: 'bit-rot' as const } };
  expect(matches('integrity = mismatch and integrity = bit-rot and is:problem', rotten)).toBe(true);
  expect(matches('integrity != bit-rot', rotten)).toBe(false);
  expect(matches('is:intact')).toBe(true);
});

describe('the run of a version', () => {
  test('is asked for by what it is called, as other text is', () => {
    const asked = ['run = "ppo 1"', 'run:"PPO 1"', 'run ~ ppo', 'run in ("ppo 1", other)', 'has:run'];
    for (const query of asked) expect([query, matches(query)]).toEqual([query, true]);
    for (const query of ['run = ppo', 'run != "ppo 1"', 'run is missing'])
      expect([query, matches(query)]).toEqual([query, false]);
  });
});
