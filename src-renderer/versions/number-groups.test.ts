import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrange } from './arrange-groups.ts';
import { createGroupKeys } from './group-keys.ts';
import { VersionList } from './version-list.ts';
import { aRow } from './version-row.fixture.ts';

const show = { label: 'Reward', short: String, exact: String };
const byReward = { kind: 'numbers', of: ({ reward }: { reward: number | null }) => reward, show } as const;

function keysOf(rewards: readonly (number | null)[]) {
  const keys = createGroupKeys(byReward);
  for (const [slot, reward] of rewards.entries()) keys.set(slot, aRow(slot, { reward }));
  keys.settle();
  return keys;
}

function groupsOf(rewards: readonly (number | null)[], ranked = false) {
  const slots = Uint32Array.from(rewards.keys());
  const { groups } = arrange(slots, keysOf(rewards), new Set(), ranked);
  return groups.map(({ key, count }) => [key, count]);
}

test('a few numbers have a group each, and so has what is none', () => {
  expect(groupsOf([2, null, 0.5, 2, Number.NaN, Number.NEGATIVE_INFINITY, null])).toEqual([
    ['Reward 2', 2],
    ['', 2],
    ['Reward 0.5', 1],
    ['Reward NaN', 1],
    ['Reward -Infinity', 1],
  ]);
});

test('where nobody sorts, groups of numbers come in their order, and what is no number last', () => {
  expect(groupsOf([2, null, 0.5, 1, Number.NaN], true).map(([key]) => key)).toEqual([
    'Reward 0.5',
    'Reward 1',
    'Reward 2',
    '',
    'Reward NaN',
  ]);
});

test('the ranges follow from the numbers, not from the order in which rows came', () => {
  const rewards = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { maxLength: 60 });
  fc.assert(
    fc.property(rewards, (values) => {
      const late = createGroupKeys(byReward);
      for (const [slot, reward] of [...values.entries()].reverse()) {
        late.set(slot, aRow(slot, { reward }));
        late.settle();
      }
      const early = keysOf(values);
      for (const slot of values.keys()) expect(late.nameOf(slot)).toBe(early.nameOf(slot));
    }),
  );
});

test('a list regroups when numbers come that call for ranges, and each row is in one group', () => {
  const list = new VersionList();
  for (let handle = 0; handle < 10; handle += 1) list.set(aRow(handle, { reward: handle }));
  list.setGrouping(byReward);
  expect([list.groups.length, list.groupStep]).toEqual([10, null]);
  for (let handle = 10; handle < 5000; handle += 1) list.set(aRow(handle, { reward: handle }));
  list.refresh();
  expect(list.groupStep).toBe(500);
  expect(list.groups.map(({ key }) => key)[3]).toBe('Reward 1500 to 1999');
  expect(list.groups.every(({ count }) => count === 500)).toBe(true);
  list.setSort({ direction: 'desc', value: { kind: 'number', of: ({ reward }) => reward } });
  expect(list.groups[0]?.key).toBe('Reward 4500 to 4999');
});
