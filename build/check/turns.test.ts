import { expect, test } from 'vitest';
import { FAMILIES } from './families.mjs';
import { partOf, turnOfCommit } from './turns.mjs';

const commits = Array.from({ length: 60 }, (_, index) => 1000 + index);
const parts = Object.values(FAMILIES).map((family) => family.parts ?? 1);

test('commits that follow each other do every part of every family, each as often as the others', () => {
  for (const count of new Set(parts)) {
    const due = commits.map((turn) => partOf(count, turn) ?? '1/1');
    const wanted = Array.from({ length: count }, (_, index) => `${index + 1}/${count}`);
    expect(due.slice(0, count).toSorted()).toEqual(wanted);
    for (const part of wanted) expect(due.filter((one) => one === part)).toHaveLength(60 / count);
  }
});

test('families take turns independently: in time each part meets each part of the others', () => {
  const met = new Set(commits.map((turn) => parts.map((count) => partOf(count, turn)).join()));
  expect(met.size).toBe([...new Set(parts)].reduce((product, count) => product * count, 1));
});

test('where the history of the checkout is not there, all of it is due', () => {
  expect(partOf(3, null)).toBeNull();
  expect(turnOfCommit()).toSatisfy((turn) => turn === null || Number.isSafeInteger(turn));
});
