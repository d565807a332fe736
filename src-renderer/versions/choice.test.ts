import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Choice, choose, chooseAll, extendTo, keepPresent, nothingChosen, toggle } from './choice.ts';

const between = (from: number, to: number) => {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
};

describe('what is chosen', () => {
  test('is one version, or none', () => {
    expect(choose(3)).toEqual({ selected: 3, anchor: 3, chosen: new Set([3]) });
    expect(choose(null)).toBe(nothingChosen);
  });

  test('grows and shrinks by one; the focus stays with what is chosen', () => {
    const two = toggle(choose(3), 5);
    expect(two).toEqual({ selected: 5, anchor: 5, chosen: new Set([3, 5]) });
    expect(toggle(two, 5)).toEqual({ selected: 3, anchor: 3, chosen: new Set([3]) });
    expect(toggle(two, 3).selected).toBe(5);
    expect(toggle(choose(3), 3)).toEqual(nothingChosen);
  });

  test('a range goes from the anchor to the last press, whichever way', () => {
    const down = extendTo(choose(3), 6, between);
    expect([...down.chosen].toSorted()).toEqual([3, 4, 5, 6]);
    const up = extendTo(down, 2, between);
    expect([...up.chosen].toSorted()).toEqual([2, 3]);
    expect(up.selected).toBe(2);
    expect(extendTo(nothingChosen, 4, between)).toEqual(choose(4));
  });

  test('all of a list keeps the focus where it is', () => {
    expect(chooseAll(choose(2), [1, 2, 3]).selected).toBe(2);
    expect(chooseAll(choose(9), [1, 2, 3]).selected).toBe(1);
    expect(chooseAll(choose(9), [])).toEqual(nothingChosen);
  });

  test('what is gone is no longer chosen; the focus goes to another', () => {
    const three = chooseAll(choose(1), [1, 2, 3]);
    expect([...keepPresent(three, (handle) => handle !== 2).chosen]).toEqual([1, 3]);
    expect(keepPresent(three, (handle) => handle !== 1)).toEqual(chooseAll(nothingChosen, [2, 3]));
    expect(keepPresent(choose(1), () => false)).toEqual(nothingChosen);
    expect(keepPresent(three, () => true)).toBe(three);
  });

  test('the focus and the anchor are always among what is chosen', () => {
    const handle = fc.integer({ min: 0, max: 6 });
    const step = fc.oneof(
      handle.map((one) => () => choose(one)),
      handle.map((one) => (choice: Choice) => toggle(choice, one)),
      handle.map((one) => (choice: Choice) => extendTo(choice, one, between)),
      handle.map((one) => (choice: Choice) => keepPresent(choice, (other) => other !== one)),
      fc.array(handle).map((all) => (choice: Choice) => chooseAll(choice, all)),
    );
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const { selected, anchor, chosen } = steps.reduce((choice, next) => next(choice), nothingChosen);
        expect(selected === null).toBe(chosen.size === 0);
        expect(anchor === null).toBe(selected === null);
        if (selected !== null && anchor !== null)
          expect([chosen.has(selected), chosen.has(anchor)]).toEqual([true, true]);
      }),
    );
  });
});
