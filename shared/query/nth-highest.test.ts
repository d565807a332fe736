import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nthHighest } from './nth-highest.ts';

test('the number at a place of the order is found, whatever the order was before', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom(-Infinity, Infinity),
  );
  fc.assert(
    fc.property(
      fc.float64Array({ noNaN: true, minLength: 1 }),
      fc.array(number),
      fc.nat(),
      (some, more, at) => {
        const numbers = Float64Array.from([...some, ...more]);
        const count = 1 + (at % numbers.length);
        expect(nthHighest(numbers.slice(), count) === numbers.toSorted().at(-count)).toBe(true);
      },
    ),
    { seed: 1 },
  );
});

test.each([
  ['rising', (index: number) => index],
  ['falling', (index: number) => -index],
  ['equal', () => 1],
])('%s numbers take no longer than others', (_, make) => {
  const numbers = Float64Array.from({ length: 200_000 }, (_value, index) => make(index));
  const sorted = numbers.toSorted();
  for (const count of [1, 100, 100_000, 200_000])
    expect(nthHighest(numbers.slice(), count)).toBe(sorted.at(-count));
});
