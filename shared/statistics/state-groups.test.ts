import { expect, test } from 'vitest';
import { StateGroups } from './state-groups.ts';

type Stated = Parameters<StateGroups['add']>[0];

const state: Stated = { checksum: null, step: null, episode: null, value: 1 };

/** The groups that these are in, each called by the first of it. */
function groupsOf(versions: readonly Partial<Stated>[]): number[] {
  const all = versions.map((version) => ({ ...state, ...version }));
  const states = new StateGroups();
  for (const version of all) states.add(version);
  const groups = all.map((version) => states.groupOf(version));
  return groups.map((group) => groups.indexOf(group));
}

test('versions of the same bytes, measurement, or value at a step or an episode are one state, others are not', () => {
  expect(groupsOf([{ checksum: 'a' }, { checksum: 'b' }, { checksum: 'a' }])).toEqual([0, 1, 0]);
  expect(groupsOf([{ measurement: 'm' }, {}, { measurement: 'm' }])).toEqual([0, 1, 0]);
  const atStep = [1, 2, 2, 1, 3].map((value) => ({ step: 7, value }));
  expect(groupsOf([...atStep, { step: 8 }, { episode: 7 }])).toEqual([0, 1, 1, 0, 4, 5, 6]);
});

test('two that are the same as a third are one, whoever comes first', () => {
  const chain = [{ checksum: 'a' }, { step: 5 }, { step: 5, episode: 9 }, { checksum: 'a', episode: 9 }];
  expect(groupsOf(chain)).toEqual([0, 0, 0, 0]);
  expect(groupsOf(chain.toReversed())).toEqual([0, 0, 0, 0]);
});

test('what says nothing, or stands at 0, is like no other', () => {
  expect(groupsOf([{}, {}, { step: 0 }, { step: 0 }, { episode: 0 }])).toEqual([0, 1, 2, 3, 4]);
});
