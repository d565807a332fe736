import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeOrder } from './merge-order.ts';

test('merging changes in gives the order that sorting everything would', () => {
  const slots = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(slots, slots, fc.infiniteStream(fc.boolean()), (before, after, alive) => {
      const keys = [...before];
      const compare = (a: number, b: number) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b;
      const order = Uint32Array.from(keys.keys()).sort(compare);
      const changed = new Set<number>();
      after.forEach((key, slot) => {
        if (keys[slot] !== key) changed.add(slot);
        keys[slot] = key;
      });
      const living = new Set([...keys.keys()].filter((slot) => !changed.has(slot) || alive.next().value));
      const expected = Uint32Array.from(living).sort(compare);
      expect(mergeOrder(order, changed, (slot) => living.has(slot), compare)).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});
