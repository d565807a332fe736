import { expect, test } from 'vitest';
import { compileFor, compileQuery } from '../../shared/query/language/compile-query.ts';
import { ownWords } from '../../shared/query/language/contains-word.ts';
import { parseQuery } from '../../shared/query/language/parse-query.ts';
import { localClock } from '../../shared/query/local-clock.ts';
import { MeasuredNumbers } from './measured-numbers.ts';
import { slotReaders } from './slot-readers.ts';
import { aRow } from './version-row.fixture.ts';

const rows = [
  aRow(1, { reward: 0.5, metrics: { sharpe: 1 }, tags: ['candidate'] }),
  aRow(2, { reward: Number.NaN, metrics: { sharpe: Number.NaN } }),
  aRow(3, { reward: null, runId: 'other', timestamp: '2025-05-01T10:00:00', step: 8 }),
  aRow(4, { reward: -1, metrics: { sharpe: 3, mean_reward: 0.7 }, is_best: true, notes: 'kept' }),
  aRow(5, { reward: Number.POSITIVE_INFINITY, version: null, pinned: true }),
];

test('a metric that is called as a field is has a column of its own', () => {
  const named = [
    aRow(1, { step: 1000, metrics: { step: 3 } }),
    aRow(2, { step: 2, metrics: { step: 2000 } }),
  ];
  const readers = slotReaders(named, new MeasuredNumbers(named), () => named.map(ownWords), new Map());
  const kept = (text: string) => [0, 1].filter(compileFor(parseQuery(text, ['step']), readers, localClock()));
  expect([kept('step > 100'), kept('"step" > 100'), kept('step > 100 and "step" < 5')]).toEqual([
    [0],
    [1],
    [0],
  ]);
});

test('versions are asked by their columns as they are by their rows', () => {
  const names = new Map([['other', 'ppo']]);
  const readers = slotReaders(rows, new MeasuredNumbers(rows), () => rows.map(ownWords), names);
  const clock = localClock();
  const runOf = ({ runId = '' }) => names.get(runId) ?? null;
  for (const text of [
    'reward > 0.4',
    'reward is missing',
    'reward is not missing',
    'sharpe is nan',
    'sharpe is missing or sharpe = 3',
    'not sharpe > 2',
    'reward in 0.1..0.9',
    'time > 2025-01-01',
    'step = 8 and run:ppo',
    'tag:candidate or is:best',
    'is:pinned and version is missing',
    'kept',
    'KEPT or candidate',
    'best',
    'v4',
    'latest or unverified',
  ]) {
    const query = parseQuery(text, ['sharpe', 'mean_reward']);
    const byRow = compileQuery(query, { clock, runOf });
    const bySlot = compileFor(query, readers, clock);
    const slots = rows.map((_, slot) => slot);
    expect([text, slots.filter(bySlot)]).toEqual([text, slots.filter((slot) => byRow(rows[slot] as never))]);
  }
});
