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
import { planRetention } from './plan-retention.ts';

describe('a plan', () => {
  test('of an empty run is empty', () => {
    expect(planRetention([], keepNothing, sharpe)).toEqual({
      decisions: [],
      refused: [],
      copies: [],
      reliedOn: [],
    });
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
      const why =
        value === null ? ['no rule keeps it', 'has no m'] : ['no rule keeps it', 'its m is not finite'];
      expect(decisions[0]).toEqual({ id: 'odd', keep: false, reasons: why });
      expect(decisions[1]?.reasons[0]).toBe(`best #${mode === 'max' ? 2 : 1} by m`);
    }
  });

  test('says what has no value only where the best are asked for, and once for all of them', () => {
    const bare = ['a', 'b'].map((id) => version(id));
    expect(decide(bare, { keepLatest: 1 })).toEqual(['- a: no rule keeps it', '- b: no rule keeps it']);
    const { decisions } = plan(bare, { keepBest: 1 });
    expect(decisions[0]?.reasons).toBe(decisions[1]?.reasons);
    expect(decide([version('t', { state: 'torn' })], { keepBest: 1 })).toEqual(['- t: torn']);
  });

  test('does not count a version without a value as the worst: other rules keep it', () => {
    const odd = version('odd', { value: Number.NaN });
    expect(decide([odd], { keepBest: 1, keepLatest: 2 })).toEqual(['+ odd: latest #2']);
  });
});

describe('versions of the same bytes', () => {
  const bytes = 'ab'.repeat(32);
  const model = version('best.pt', { value: 3, bytes });
  const copied = version('last.pt', { kind: 'checkpoint', value: 3, bytes });
  const others = [version('b', { value: 2, bytes: 'cd' }), version('c', { value: 1, bytes: 'ef' })];

  test('fill one place of the best, and it is said whose bytes they are', () => {
    expect(decide([copied, model, ...others], { keepBest: 3 })).toEqual([
      '- last.pt: same bytes as best.pt',
      '+ best.pt: best #2 by sharpe',
      '+ b: best #3 by sharpe',
      '- c: no rule keeps it',
    ]);
  });

  test('fill one place of the latest', () => {
    const dated = [model, copied, ...others].map((each, time) => ({ ...each, time: at(time) }));
    expect(decide(dated, { keepLatest: 4 })).toEqual([
      '- best.pt: same bytes as last.pt',
      '+ last.pt: latest #4',
      '+ b: latest #3',
      '+ c: latest #2',
    ]);
  });

  test('however many there are, leave the other places to others', () => {
    const copies = Array.from({ length: 50 }, (_, index) => ({ ...copied, id: `copy${index}` }));
    const { decisions } = plan([...copies, model, ...others], { keepBest: 4 });
    expect(decisions.filter(({ keep }) => keep).map(({ id }) => id)).toEqual([
      ...['best.pt', 'b', 'c', 'leader'],
    ]);
  });

  test('stay both where what goes with the one is with no other that stays', () => {
    const model = { value: 2, bytes: 'same' };
    const bare = version('best.pt', model);
    const whole = { ...model, kind: 'checkpoint', companions: ['vecnormalize'] } as const;
    const twins = [version('b.pt', whole), version('a.pt', whole)];
    expect(decide([bare, ...twins], { keepBest: 2 })).toEqual([
      '+ best.pt: best #2 by sharpe',
      '- b.pt: same bytes as best.pt',
      '+ a.pt: what goes with it fits best.pt too, which lacks that',
    ]);
    expect(plan([bare, ...twins], { keepBest: 2 }).copies).toEqual(['b.pt']);
    const also = { ...bare, companions: ['vecnormalize'] };
    expect(decide([also, ...twins], { keepBest: 2 })[1]).toBe('- b.pt: same bytes as best.pt');
  });

  test('are no copies where one of them is broken, or where it is not known what they hold', () => {
    const torn = { ...model, state: 'torn' } as const;
    expect(decide([copied, torn, ...others], { keepBest: 2 })[0]).toBe('+ last.pt: best #2 by sharpe');
    const unknown = [model, copied].map((each) => ({ ...each, bytes: null }));
    expect(decide(unknown, { keepBest: 3 })).toEqual([
      '+ best.pt: best #2 by sharpe',
      '+ last.pt: best #3 by sharpe',
    ]);
  });

  test('that are best models, as saves alone make them, go only when others want their place', () => {
    const again = { ...model, id: 'again.pt', value: 2.5 };
    const best = (keepBest: number) => decide([model, again, ...others], { keepBest, kinds: 'best' });
    expect(best(5)[1]).toBe('+ again.pt: best #3 by sharpe');
    expect(best(4).filter((line) => line.startsWith('-'))).toEqual(['- again.pt: same bytes as best.pt']);
  });

  test('stay where anything else keeps them', () => {
    expect(
      decide([model, { ...copied, wanted: ['training resumes from it'], pinned: true }], { keepBest: 2 })[1],
    ).toBe('+ last.pt: training resumes from it, pinned');
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

test('a version without a step that is asked for one is told to have none', () => {
  const versions = [version('a', { step: 0 }), version('b'), version('c', { step: Number.NaN, value: 1 })];
  expect(decide(versions, { keepEvery: 10 })).toEqual([
    '+ a: every 10 steps (step 0)',
    '- b: no rule keeps it, has no step',
    '- c: no rule keeps it, has no step',
  ]);
  expect(decide(versions, { keepEvery: 10, keepBest: 1 })[1]).toBe(
    '- b: no rule keeps it, has no step, has no sharpe',
  );
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

test('a plan over 100,000 versions takes no quadratic work', () => {
  let reads = 0;
  const versions = Array.from({ length: 100_000 }, (_, step) => {
    const time = at((step * 7919) % 100_000);
    const version = { ...leader, id: `model_v${step}`, bytes: `${step % 90_000}`, time, step };
    return Object.defineProperty(version, 'value', {
      get: () => {
        reads += 1;
        return Math.sin(step);
      },
    });
  });
  const rules = rule({ keepBest: 1000, keepLatest: 1000, keepEvery: 100 });
  const kept = planRetention(versions, rules, sharpe).decisions.filter(({ keep }) => keep);
  expect(kept.length).toBeGreaterThan(1000);
  // To sort them takes some 17 comparisons of two for each.
  expect(reads).toBeLessThan(100 * versions.length);
});
