import { describe, expect, test } from 'vitest';
import {
  planRetention,
  type RetentionCandidate,
  type RetentionDecision,
  type RetentionRules,
} from './plan-retention.ts';

const sharpe = { name: 'sharpe', mode: 'max' } as const;
const at = (milliseconds: number) => ({ milliseconds, zoned: false });

function version(id: string, rest: Partial<RetentionCandidate> = {}): RetentionCandidate {
  const record = { id, kind: 'best', number: null, value: null, state: 'verified', time: null } as const;
  return { ...record, modifiedAt: 0, pinned: false, step: null, linked: false, resumed: false, ...rest };
}

const rule = (rest: Partial<RetentionRules>): RetentionRules => ({
  keepBest: null,
  keepLatest: null,
  keepEvery: null,
  kinds: 'all',
  ...rest,
});
const keepNothing = rule({ keepBest: 0, keepLatest: 0 });

/** Stands beside the versions of a test and takes both refusals every run has, so that they do not get in the way. */
const leader = version('leader', { value: 1e6, time: at(1e6) });

function plan(versions: readonly RetentionCandidate[], rest: Partial<RetentionRules>) {
  return planRetention([...versions, leader], rule(rest), sharpe);
}
const shown = ({ id, keep, reasons }: RetentionDecision) =>
  `${keep ? '+' : '-'} ${id}: ${reasons.join(', ')}`;
const decide = (versions: readonly RetentionCandidate[], rest: Partial<RetentionRules>) =>
  plan(versions, rest).decisions.slice(0, -1).map(shown);

describe('a plan', () => {
  test('of an empty run is empty', () => {
    expect(planRetention([], keepNothing, sharpe)).toEqual({ decisions: [], refused: [] });
  });

  test('decides on every version in the order given and leaves what it was given alone', () => {
    const versions = Object.freeze(
      ['b', 'c', 'a'].map((id, index) => Object.freeze(version(id, { value: index }))),
    );
    expect(planRetention(versions, keepNothing, sharpe).decisions.map(({ id }) => id)).toEqual([
      'b',
      'c',
      'a',
    ]);
  });

  test('removes nothing where no rule is given, not even what is torn', () => {
    expect(decide([version('a'), version('b', { state: 'torn' })], {})).toEqual([
      '+ a: no rule says otherwise',
      '+ b: no rule says otherwise',
    ]);
  });

  test('lists every reason that keeps a version', () => {
    const all = rule({ keepBest: 1, keepLatest: 1, keepEvery: 10 });
    const only = version('a', { value: 1, step: 7, pinned: true, linked: true });
    const { decisions, refused } = planRetention([only], all, sharpe);
    expect(decisions[0]?.reasons).toEqual([
      'best #1 by sharpe',
      'latest',
      'every 10 steps (step 7)',
      'pinned',
      'a link of the run points to it',
      'the newest intact version',
      'the best intact version',
      'the only intact version',
    ]);
    expect(refused).toEqual([]);
  });

  test('takes an id like __proto__ for what it is', () => {
    expect(decide([version('__proto__'), version('constructor', { pinned: true })], { keepBest: 0 })).toEqual(
      ['- __proto__: no rule keeps it', '+ constructor: pinned'],
    );
  });

  test.each([
    ['keepBest', -1],
    ['keepBest', Number.NaN],
    ['keepLatest', 1.5],
    ['keepLatest', Infinity],
    ['keepEvery', 0],
    ['keepEvery', -10],
    ['keepEvery', Infinity],
    ['keepEvery', Number.NaN],
  ])('is not made where %s is %d', (name, count) => {
    const said = expect.objectContaining({ message: expect.stringMatching(`^${name} is ${count}: it must`) });
    expect(() => plan([], { [name]: count })).toThrow(said);
  });
});

describe('keeping the best', () => {
  const values = [version('a', { value: 1 }), version('b', { value: 3 }), version('c', { value: 2 })];

  test('keeps as many as asked, the highest first', () => {
    expect(decide(values, { keepBest: 3 })).toEqual([
      '- a: no rule keeps it',
      '+ b: best #2 by sharpe',
      '+ c: best #3 by sharpe',
    ]);
  });

  test('keeps the lowest where lower is better', () => {
    const { decisions } = planRetention(values, rule({ keepBest: 1 }), { name: 'loss', mode: 'min' });
    expect(decisions.map(shown)).toEqual([
      '+ a: best #1 by loss, the best intact version',
      '- b: no rule keeps it',
      '+ c: the newest intact version',
    ]);
  });

  test('gives a tie to the earlier version', () => {
    const tied = [
      version('late', { value: 1, time: at(2) }),
      version('early', { value: 1, time: at(1) }),
      version('latest', { value: 1, time: at(3) }),
    ];
    expect(decide(tied, { keepBest: 2 })).toEqual([
      '- late: no rule keeps it',
      '+ early: best #2 by sharpe',
      '- latest: no rule keeps it',
    ]);
  });

  test.each([Number.NaN, Infinity, -Infinity, null])('never gives a place to the value %s', (value) => {
    const versions = [version('odd', { value }), version('finite', { value: -5 })];
    for (const mode of ['max', 'min'] as const) {
      const { decisions } = planRetention([...versions, leader], rule({ keepBest: 9 }), { name: 'm', mode });
      expect(decisions[0]).toEqual({ id: 'odd', keep: false, reasons: ['no rule keeps it'] });
      expect(decisions[1]?.reasons[0]).toBe(`best #${mode === 'max' ? 2 : 1} by m`);
    }
  });

  test('does not count a version without a value as the worst: other rules keep it', () => {
    const odd = version('odd', { value: Number.NaN });
    expect(decide([odd], { keepBest: 1, keepLatest: 2 })).toEqual(['+ odd: latest #2']);
  });
});

describe('keeping the latest', () => {
  test('keeps as many as asked, the newest first', () => {
    const versions = [1, 3, 2].map((time) => version(`t${time}`, { time: at(time) }));
    expect(decide(versions, { keepLatest: 3 })).toEqual([
      '- t1: no rule keeps it',
      '+ t3: latest #2',
      '+ t2: latest #3',
    ]);
    expect(shown(plan(versions, { keepLatest: 1 }).decisions[3]!)).toMatch(/^\+ leader: latest, /);
  });
});

describe('keeping one in every K steps', () => {
  test('keeps the lowest step of each K, counted from 0', () => {
    const versions = [0, 5, 9, 19, 10, 30].map((step) => version(`s${step}`, { step }));
    expect(decide(versions, { keepEvery: 10 })).toEqual([
      '+ s0: every 10 steps (step 0)',
      '- s5: no rule keeps it',
      '- s9: no rule keeps it',
      '- s19: no rule keeps it',
      '+ s10: every 10 steps (step 10)',
      '+ s30: every 10 steps (step 30)',
    ]);
  });
});

describe('where only best models may go', () => {
  test('checkpoints stay and take no place', () => {
    const versions = [
      version('checkpoint', { kind: 'checkpoint', value: 99, time: at(99), step: 0 }),
      version('old', { value: 1, time: at(1), step: 2 }),
      version('new', { value: 2, time: at(2), step: 1 }),
      version('broken', { kind: 'checkpoint', state: 'torn' }),
    ];
    const both = { keepBest: 2, keepLatest: 2, keepEvery: 10 } as const;
    expect(decide(versions, { ...both, kinds: 'best' })).toEqual([
      '+ checkpoint: a checkpoint',
      '- old: no rule keeps it',
      '+ new: best #2 by sharpe, latest #2, every 10 steps (step 1)',
      '+ broken: a checkpoint',
    ]);
    expect(decide(versions, { ...both, kinds: 'all' })[0]).toBe(
      '+ checkpoint: best #2 by sharpe, latest #2, every 10 steps (step 0)',
    );
  });

  test('the newest and the best of all versions are meant, checkpoints included', () => {
    const checkpoint = version('c', { kind: 'checkpoint', value: 2e6, time: at(2e6) });
    const { decisions, refused } = plan([checkpoint], { keepBest: 0, kinds: 'best' });
    expect(decisions.map(shown)).toEqual([
      '+ c: a checkpoint, the newest intact version, the best intact version',
      '- leader: no rule keeps it',
    ]);
    expect(refused).toEqual([]);
  });
});

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
  const { decisions } = plan([version('a', { resumed: true }), version('b', { value: 1, time: at(2) })], {
    keepBest: 1,
  });
  expect(shown(decisions[0]!)).toBe('+ a: training resumes from it');
});

test('a plan over 100,000 versions takes no quadratic work', () => {
  const versions = Array.from({ length: 100_000 }, (_, step) => {
    const time = at((step * 7919) % 100_000);
    return { ...leader, id: `model_v${step}`, value: Math.sin(step), time, step };
  });
  const rules = rule({ keepBest: 1000, keepLatest: 1000, keepEvery: 100 });
  const started = Date.now();
  const kept = planRetention(versions, rules, sharpe).decisions.filter(({ keep }) => keep);
  expect(Date.now() - started).toBeLessThan(3000);
  expect(kept.length).toBeGreaterThan(1000);
});
