import { expect, test } from 'vitest';
import type { BackedUp } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { partsLeft, type RunPart, together, withDone } from './backed-up-parts.ts';
import { leftOutLabel } from './backup-words.ts';

const parts = ['a', 'b', 'c'].map(
  (runId): RunPart => ({
    run: { runId, name: `PPO ${runId}`, folder: `/runs/${runId}` } as RunSummary,
    rows: [],
  }),
);
const backedUp = (versionCount: number, ...leftOut: string[]): BackedUp => ({
  versionCount,
  bytes: versionCount * 10,
  leftOut: leftOut.map((id) => ({ id, why: 'it is torn' })),
});
const idsOf = (left: readonly RunPart[]) => left.map(({ run }) => run.runId);

test('what is tried again after one run failed are those that are not backed up', () => {
  const once = withDone(new Map(), parts, [backedUp(1)]);
  expect(idsOf(partsLeft(parts, once))).toEqual(['b', 'c']);
  const twice = withDone(once, partsLeft(parts, once), [backedUp(2), backedUp(3)]);
  expect(partsLeft(parts, twice)).toEqual([]);
  expect(together(parts, twice)).toEqual({ versionCount: 6, bytes: 60, leftOut: [] });
});

test('what was left out is told by its run where there are several', () => {
  const done = withDone(new Map(), parts, [backedUp(1, 'best/v1.pt'), backedUp(1, 'best/v1.pt')]);
  const { leftOut } = together(parts, done);
  expect(leftOut.map(({ id }) => id)).toEqual(['/runs/a/best/v1.pt', '/runs/b/best/v1.pt']);
  expect(leftOut.map(leftOutLabel)).toEqual(['v1.pt of PPO a', 'v1.pt of PPO b']);
  const one = parts.slice(0, 1);
  const [own] = together(one, withDone(new Map(), one, [backedUp(1, 'v1.pt')])).leftOut;
  expect([own?.id, own && leftOutLabel(own)]).toEqual(['v1.pt', 'v1.pt']);
});
