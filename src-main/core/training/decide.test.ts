import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Decision, decide, type Measurement, type Progress } from './decide.ts';
import { type GivenRules, trainingRules } from './training-rules.ts';

/** An update and the time that passed before it, in milliseconds. */
type Told = Measurement & { after: number };

const value = fc.option(fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 })), { freq: 5 });
const updates = fc
  .array(fc.record({ steps: fc.nat({ max: 50 }), after: fc.nat({ max: 100_000 }), value }), { maxLength: 60 })
  .map((told) => {
    let step = 0;
    return told.map(({ steps, ...rest }): Told => {
      step += steps;
      return { ...rest, step };
    });
  });

function start(mode: 'max' | 'min' = 'max', best: number | null = null): Progress {
  return { ranking: { name: 'sharpe', mode }, best, idle: 0, checkpoint: { step: 0, at: 0 } };
}

/** All decisions, one after the other, each with the time it was made at. */
function play(given: GivenRules, told: readonly Told[], from = start()): (Decision & { now: number })[] {
  const rules = trainingRules(given);
  let [progress, now] = [from, 0];
  return told.map((update) => {
    now += update.after;
    const decision = decide(rules, progress, update, now);
    progress = decision.progress;
    return { ...decision, now };
  });
}

const finite = (value: number | null): value is number => value !== null && Number.isFinite(value);

test('the best is the largest finite value, whatever else was measured', () => {
  fc.assert(
    fc.property(updates, (told) => {
      const best = play({}, told).at(-1)?.progress.best ?? Number.NEGATIVE_INFINITY;
      const values = told.map(({ value }) => value).filter(finite);
      // A tie of 0 and -0 is one.
      expect(best + 0).toBe(Math.max(...values) + 0);
    }),
  );
});

test('each new best is better than the one before by the minimum at least; a tie or what is not finite never is one', () => {
  const isBetter = (value: number, before: number | null, minimum: number) =>
    before === null || (value > before && value - before >= minimum);
  fc.assert(
    fc.property(updates, fc.constantFrom(0, 0.5, 2), (told, minImprovement) => {
      let before: number | null = null;
      for (const [index, { newBest, progress }] of play({ minImprovement }, told).entries()) {
        const { value } = told[index] as Told;
        expect(newBest).toBe(finite(value) && isBetter(value, before, minImprovement));
        before = progress.best;
      }
    }),
  );
});

test('where less is better, everything is decided as of the negated values', () => {
  const negated = (told: readonly Told[]) =>
    told.map((each) => ({ ...each, value: each.value === null ? null : -each.value }));
  fc.assert(
    fc.property(updates, (told) => {
      const of = (decisions: readonly Decision[]) =>
        decisions.map(({ newBest, checkpoint, shouldStop }) => ({
          newBest,
          checkpoint,
          stop: shouldStop !== null,
        }));
      const rules = { patience: 3, checkpointEverySteps: 20 };
      expect(of(play(rules, negated(told), start('min')))).toEqual(of(play(rules, told)));
    }),
  );
});

test('no more steps or minutes than the rule says go by without a checkpoint, and no fewer between two', () => {
  fc.assert(
    fc.property(updates, fc.integer({ min: 1, max: 100 }), (told, every) => {
      let last = { step: 0, at: 0 };
      for (const [index, { checkpoint, progress, now }] of play(
        { checkpointEverySteps: every, checkpointEveryMinutes: every / 60 },
        told,
      ).entries()) {
        const step = told[index]?.step ?? 0;
        const isDue = step - last.step >= every || now - last.at >= every * 1000;
        expect(checkpoint !== null).toBe(isDue);
        if (isDue) last = { step, at: now };
        expect(progress.checkpoint).toEqual(last);
      }
    }),
  );
});

test('training should stop after so many measured updates without a new best, and not before', () => {
  fc.assert(
    fc.property(updates, fc.integer({ min: 1, max: 10 }), (told, patience) => {
      let idle = 0;
      for (const [index, { newBest, shouldStop }] of play({ patience }, told).entries()) {
        if (newBest) idle = 0;
        else if (told[index]?.value !== null) idle += 1;
        expect(shouldStop !== null).toBe(idle >= patience);
      }
    }),
  );
});

test('without rules nothing is due but the best', () => {
  const [first, second] = play({}, [
    { step: 1e6, after: 1e9, value: 1 },
    { step: 2e6, after: 1e9, value: 1 },
  ]);
  expect(first).toMatchObject({ newBest: true, checkpoint: null, shouldStop: null });
  expect(second).toMatchObject({ newBest: false, checkpoint: null, shouldStop: null });
});

test('it says why', () => {
  const told = [
    { step: 100, after: 0, value: 2 },
    { step: 100, after: 60_000, value: 1 },
  ];
  const [first, second] = play({ checkpointEverySteps: 100, checkpointEveryMinutes: 1, patience: 1 }, told);
  expect(first?.checkpoint).toBe('every 100 steps');
  expect(second?.checkpoint).toBe('every 1 min');
  expect(second?.shouldStop).toBe('no better sharpe than 2 in 1 update');
});

test('rules that are none are refused with all that is wrong with them', () => {
  expect(() => trainingRules({ patience: 0, minImprovement: -1, often: true } as GivenRules)).toThrow(
    /patience: .*minImprovement|minImprovement: .*patience/,
  );
});
