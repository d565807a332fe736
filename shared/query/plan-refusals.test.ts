import { describe, expect, test } from 'vitest';
import {
  at,
  decide,
  keepNothing,
  leader,
  plan,
  rule,
  sharpe,
  shown,
  version,
} from './plan-retention.fixture.ts';
import { planRetention, type RetentionCandidate } from './plan-retention.ts';

describe('a version whose file', () => {
  const shiny = { value: 1e9, time: at(1e9), step: 0 };
  const keep = { keepBest: 1, keepLatest: 1, keepEvery: 10 };
  const plain = version('plain', { step: 5 });

  test.each(['torn', 'mismatch'] as const)('is %s never fills a place and may go', (state) => {
    expect(decide([version('a', { ...shiny, state }), plain], keep)).toEqual([
      `- a: ${state}`,
      '+ plain: every 10 steps (step 5)',
    ]);
  });

  test.each([
    ['missing', 'its file is not there'],
    ['unreadable', 'its file cannot be read'],
  ] as const)('is %s stays, fills no place and is nothing refused', (state, reason) => {
    const { decisions, refused } = plan([version('a', { ...shiny, state, pinned: true }), plain], keep);
    expect(decisions.slice(0, -1).map(shown)).toEqual([
      `+ a: ${reason}, pinned`,
      '+ plain: every 10 steps (step 5)',
    ]);
    expect(refused).toEqual([]);
  });

  test('is being written stays and fills no place', () => {
    const { decisions, refused } = plan([version('a', { ...shiny, state: 'writing' }), plain], keep);
    expect(decisions.slice(0, -1).map(shown)).toEqual([
      '+ a: being written',
      '+ plain: every 10 steps (step 5)',
    ]);
    expect(refused).toEqual([{ id: 'a', why: 'being written' }]);
  });

  test.each(['verified', 'unsealed', 'unverified'] as const)('is %s fills places', (state) => {
    const [first] = plan([version('a', { ...shiny, state }), plain], keep).decisions;
    expect(first?.reasons.slice(0, 3)).toEqual(['best #1 by sharpe', 'latest', 'every 10 steps (step 0)']);
  });
});

describe('whatever the rules, a plan refuses to remove', () => {
  const refusedOf = (...versions: RetentionCandidate[]) =>
    planRetention(versions, keepNothing, sharpe).refused;

  test('the newest intact version and the best intact one', () => {
    const torn = version('torn', { state: 'torn', value: 99, time: at(99) });
    const best = version('best', { value: 2, time: at(1) });
    const newest = version('newest', { value: 1, time: at(2) });
    expect(refusedOf(torn, best, newest)).toEqual([
      { id: 'best', why: 'the best intact version' },
      { id: 'newest', why: 'the newest intact version' },
    ]);
  });

  test('the only intact version, even without a value', () => {
    expect(refusedOf(version('a'), version('b', { state: 'mismatch', value: 1 }))).toEqual([
      { id: 'a', why: 'the newest intact version' },
      { id: 'a', why: 'the only intact version' },
    ]);
  });

  test.each([
    ['pinned', { pinned: true }],
    ['being written', { state: 'writing' }],
    ['a link of the run points to it', { linked: true }],
    ['its sidecar changed', { doubt: 'its sidecar changed' }],
    ['a.json is a symbolic link', { immovable: 'a.json is a symbolic link' }],
  ] as const)('what is %s', (why, rest) => {
    const others = [leader, version('old', { time: at(1) })];
    expect(refusedOf(...others, version('a', rest)).slice(2)).toEqual([{ id: 'a', why }]);
  });

  test('a torn version that is pinned or linked', () => {
    const torn = version('a', { state: 'torn', pinned: true, linked: true });
    const { decisions, refused } = plan([torn], { keepLatest: 1 });
    expect(shown(decisions[0]!)).toBe('+ a: pinned, a link of the run points to it');
    expect(refused.map(({ why }) => why)).toEqual(decisions[0]?.reasons);
  });

  test('and does not call it refused where a rule keeps it anyway', () => {
    const { decisions, refused } = plan([version('a', { pinned: true })], { keepLatest: 2 });
    expect(shown(decisions[0]!)).toBe('+ a: latest #2, pinned');
    expect(refused).toEqual([]);
  });
});

test('the checkpoint that training resumes from is left alone, and it is said why', () => {
  const { decisions } = plan(
    [version('a', { wanted: ['training resumes from it'] }), version('b', { value: 1, time: at(2) })],
    {
      keepBest: 1,
    },
  );
  expect(shown(decisions[0]!)).toBe('+ a: training resumes from it');
});

describe('a file in which no checkpoint is recognised', () => {
  const noise = version('noise.pt', { value: 1e9, time: at(1e9), recognised: false });
  const known = [1, 2, 3].map((value) =>
    version(`${value}.pt`, { value, time: at(value), recognised: true }),
  );

  test('fills no place among recognised ones, leads none of them, and stays, as it is said', () => {
    const { decisions, refused } = planRetention([noise, ...known], rule({ keepBest: 2 }), sharpe);
    const odd = 'not a checkpoint that Cairn knows, which others here are';
    expect(decisions.map(shown)).toEqual([
      `+ noise.pt: ${odd}`,
      '- 1.pt: no rule keeps it',
      '+ 2.pt: best #2 by sharpe',
      '+ 3.pt: best #1 by sharpe, the newest intact version, the best intact version',
    ]);
    expect(refused).toEqual([{ id: 'noise.pt', why: odd }]);
  });

  test('takes the protection of the only intact version from nobody', () => {
    const torn = known.map((each) => ({ ...each, state: 'torn' as const }));
    const { refused } = planRetention([noise, ...torn.slice(1), known[0]!], keepNothing, sharpe);
    expect(refused.filter(({ id }) => id === '1.pt').map(({ why }) => why)).toEqual([
      'the newest intact version',
      'the best intact version',
      'the only intact version',
    ]);
  });

  test.each([false, null])(
    'ranks and goes as others do where none is known to be recognised: %s',
    (recognised) => {
      const all = [noise, ...known].map((each, index) => ({
        ...each,
        recognised: index > 0 ? recognised : false,
      }));
      expect(planRetention(all, rule({ keepBest: 2 }), sharpe).decisions.map(shown)).toEqual([
        '+ noise.pt: best #1 by sharpe, the newest intact version, the best intact version',
        ...['- 1.pt: no rule keeps it', '- 2.pt: no rule keeps it', '+ 3.pt: best #2 by sharpe'],
      ]);
    },
  );
});
