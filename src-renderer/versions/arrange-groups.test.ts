import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrange, refold } from './arrange-groups.ts';
import { createGroupKeys, type GroupKeys } from './group-keys.ts';
import { aRow } from './version-row.fixture.ts';

function keysOf(symbols: readonly (string | null)[]): GroupKeys {
  const keys = createGroupKeys({ kind: 'words', of: (row) => row.symbol });
  for (const [slot, symbol] of symbols.entries()) keys.set(slot, aRow(slot, { symbol }));
  return keys;
}

test('groups come in the order of their first rows, rows keep theirs, folded groups have a heading alone', () => {
  const keys = keysOf(['b', 'a', null, 'b', 'a']);
  const slots = Uint32Array.of(4, 3, 2, 1, 0);
  const { shown, groups, lines, groupAt } = arrange(slots, keys, new Set(['b']));
  expect([...shown]).toEqual([4, 1, 3, 0, 2]);
  expect(groups.map(({ key, count, folded }) => [key, count, folded])).toEqual([
    ['a', 2, false],
    ['b', 2, true],
    ['', 1, false],
  ]);
  const heads = [...lines.keys()].map((line) => groupAt(line)?.key ?? lines[line]);
  expect(heads).toEqual(['a', 4, 1, 'b', '', 2]);
});

test('folding leaves the rows of groups as they are', () => {
  const keys = keysOf(['b', 'a', null, 'b', 'a']);
  const slots = Uint32Array.of(4, 3, 2, 1, 0);
  for (const folded of [new Set<string>(), new Set(['a', '']), new Set(['a', 'b', ''])]) {
    const refolded = refold(arrange(slots, keys, new Set(['b'])), folded);
    const arranged = arrange(slots, keys, folded);
    expect([refolded.lines, refolded.groups]).toEqual([arranged.lines, arranged.groups]);
  }
  expect(refold(arrange(slots, null, new Set()), new Set(['a'])).lines).toBe(slots);
});

test('without groups the lines are the rows', () => {
  const slots = Uint32Array.of(2, 0, 1);
  const { shown, groups, lines, groupAt } = arrange(slots, null, new Set());
  expect([shown, lines, groups, groupAt(0)]).toEqual([slots, slots, [], undefined]);
});

test('whatever the groups, every row is in one of them once, in its order', () => {
  const symbol = fc.constantFrom('a', 'b', '__proto__', '', null);
  fc.assert(
    fc.property(fc.array(symbol), fc.array(symbol), (symbols, folded) => {
      const slots = Uint32Array.from(symbols.keys());
      const hidden = new Set(folded.map((each) => each ?? ''));
      const { shown, groups, lines } = arrange(slots, keysOf(symbols), hidden);
      expect([...shown].sort((a, b) => a - b)).toEqual([...slots]);
      for (const { key, from, count } of groups) {
        const expected = [...slots].filter((slot) => (symbols[slot] ?? '') === key);
        expect([...shown.subarray(from, from + count)]).toEqual(expected);
      }
      const open = groups.filter((group) => !group.folded).reduce((sum, { count }) => sum + count, 0);
      expect(lines.length).toBe(groups.length + open);
    }),
  );
});
