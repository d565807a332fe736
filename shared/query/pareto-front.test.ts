import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Objective, paretoFront, sortForFronts } from './pareto-front.ts';
import { sortIndices } from './sort-indices.ts';

const awkward = fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -0, 1, 2, 3, -1.5);
const value = fc.oneof(awkward, fc.integer({ min: -3, max: 3 }), fc.double());
const direction = fc.constantFrom('max' as const, 'min' as const);

function objectives(count: number): fc.Arbitrary<Objective[]> {
  return fc.integer({ min: 0, max: 40 }).chain((length) =>
    fc.array(
      fc.record({
        values: fc
          .array(value, { minLength: length, maxLength: length })
          .map((each) => Float64Array.from(each)),
        direction,
      }),
      { minLength: count, maxLength: count },
    ),
  );
}

const all = ({ length }: ArrayLike<number>) => Uint32Array.from({ length }, (_, index) => index);
/** Of the whole, or of some of a whole that was sorted before: that is the same. */
function frontOf(given: readonly Objective[], among: Uint32Array): Uint32Array {
  const front = paretoFront(given, sortForFronts(given, among));
  const [{ values }] = given as [Objective];
  const flags = values.map((_, index) => (among.includes(index) ? 1 : 0));
  const some = paretoFront(given, sortForFronts(given, all(values)), Uint8Array.from(flags));
  expect(some.toSorted()).toEqual(front.toSorted());
  return front;
}

const goodness = ({ values, direction: end }: Objective, index: number) =>
  (end === 'max' ? 1 : -1) * (values[index] ?? 0);

/** The definition, each against each. */
function undominated(given: readonly Objective[], among: Uint32Array): number[] {
  const finite = [...among].filter((index) => given.every(({ values }) => Number.isFinite(values[index])));
  const beats = (a: number, b: number) =>
    given.every((one) => goodness(one, a) >= goodness(one, b)) &&
    given.some((one) => goodness(one, a) > goodness(one, b));
  return finite.filter((index) => !finite.some((other) => beats(other, index)));
}

describe('the Pareto front', () => {
  test.each([1, 2, 3])('of %i objectives is what no other beats, by the definition', (count) => {
    fc.assert(
      fc.property(objectives(count), fc.array(fc.nat(39)), (given, chosen) => {
        const [{ values }] = given as [Objective];
        const among =
          chosen.length > 0 ? new Uint32Array(new Set(chosen.filter((i) => i < values.length))) : all(values);
        expect([...frontOf(given, among)].toSorted((a, b) => a - b)).toEqual(
          undominated(given, among).toSorted((a, b) => a - b),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('comes in the order of the first objective, the best first; equal ones stand together', () => {
    const reward: Objective = { values: Float64Array.of(1, 3, 2, 3, 0), direction: 'max' };
    const loss: Objective = { values: Float64Array.of(1, 5, 2, 5, 1), direction: 'min' };
    expect([...frontOf([reward, loss], all(reward.values))]).toEqual([1, 3, 2, 0]);
  });
});

test('many equal values in one objective leave the order of the others', () => {
  const length = 5000;
  const same = new Float64Array(length).fill(1);
  const rising = Float64Array.from({ length }, (_, index) => index % 1700);
  const objective = (values: Float64Array): Objective => ({ values, direction: 'max' });
  expect([...frontOf([objective(same), objective(rising)], all(same))]).toEqual([1699, 3399]);
  expect([...frontOf([objective(same), objective(same), objective(rising)], all(same))]).toEqual([
    1699, 3399,
  ]);
});

test('indices are sorted as by comparing, and stably', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), direction, (values, end) => {
      const numbers = Float64Array.from(values);
      const sign = end === 'max' ? -1 : 1;
      const expected = [...all(numbers)].sort(
        (a, b) => Math.sign((numbers[a] ?? 0) - (numbers[b] ?? 0)) * sign || a - b,
      );
      expect([...sortIndices(all(numbers), numbers, end)]).toEqual(expected);
    }),
  );
});

test('numbers that differ in their last digits alone are sorted by these, few or many', () => {
  for (const count of [5, 2000]) {
    const numbers = Float64Array.from(
      { length: count },
      (_, index) => 1 + ((index * 7919) % count) * 2 ** -52,
    );
    const expected = [...all(numbers)].sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0));
    expect([...sortIndices(all(numbers), numbers, 'min')]).toEqual(expected);
    expect([...sortIndices(all(numbers), numbers, 'max')]).toEqual(expected.toReversed());
  }
});
