import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { AskedRules, PrunePlan } from '../../shared/ipc/writing-contract.ts';
import { saveModel } from '../core/catalog/run.fixture.ts';
import { temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { ModelManager } from '../core/model-manager.ts';
import { planAsked } from './asked-pruning.ts';
import { type HeldRun, HeldRuns } from './held-runs.ts';

const hour = 3_600_000;
const rules: AskedRules = { metric: null, keepBest: null, keepLatest: 1, keepEvery: null, kinds: 'best' };

let run: string;
let appData: string;
beforeEach(() => {
  appData = temporaryFolder();
  run = join(temporaryFolder(), 'run');
  for (const number of [1, 2, 3]) putVersion(number);
  // What was touched a moment ago may be touched again without that being seen.
  const { now } = Date;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + hour);
  onTestFinished(() => void vi.restoreAllMocks());
});

function putVersion(number: number): string {
  return saveModel(run, number, { sidecar: { timestamp: `2026-01-0${number}T10:00:00` } });
}

function hold(told: string[] = []): HeldRuns {
  const held = new HeldRuns({ appData, onNotice: (notice) => void told.push(notice) });
  onTestFinished(() => held.close());
  return held;
}

const plan = (held: HeldRun) => planAsked(held, rules, { look: held.look });
const kept = ({ versions, removed }: PrunePlan) => versions.length - removed;

test('a run of which nothing was touched is not looked at again for each plan', async () => {
  const held = await hold().at(run);
  const looks = vi.spyOn(held.manager, 'look');
  const first = await plan(held);
  expect(first).toMatchObject({ removed: 2, plan: expect.any(String) });
  // Its survivors were read, and the folder came to be in which that is on record.
  expect(looks).toHaveBeenCalledTimes(1);
  expect(await plan(held)).toEqual(first);
  expect(await planAsked(held, { ...rules, keepLatest: 2 }, { look: held.look })).toMatchObject({
    removed: 1,
  });
  expect(looks).toHaveBeenCalledTimes(1);
});

test('what came since, or was rewritten in its place, is in the next plan', async () => {
  const held = await hold().at(run);
  await plan(held);
  await plan(held);
  putVersion(4);
  expect((await plan(held)).versions).toHaveLength(4);
  const id = saveModel(run, 2, { sidecar: { timestamp: '2026-02-01T10:00:00' } });
  expect(held.manager.listed(id)?.timestamp).toBe('2026-01-02T10:00:00');
  await plan(held);
  expect(held.manager.listed(id)?.timestamp).toBe('2026-02-01T10:00:00');
});

test('what others put on record since is in the next plan', async () => {
  const held = await hold().at(run);
  expect(kept(await plan(held))).toBe(1);
  const other = new ModelManager(run, { appData });
  onTestFinished(() => other.close());
  await other.look();
  const [oldest = ''] = [...other.list()].map(({ id }) => id).sort();
  await other.mark([oldest], 'pin', (mark) => ({ ...mark, pinned: true }));
  expect(kept(await plan(held))).toBe(2);
});

test('what was touched a moment before it was read is looked at again', async () => {
  vi.mocked(Date.now).mockRestore();
  const held = await hold().at(run);
  const looks = vi.spyOn(held.manager, 'look');
  putVersion(4);
  expect((await plan(held)).versions).toHaveLength(4);
  expect(looks).toHaveBeenCalled();
});

test('two windows hold a run once, until neither does', async () => {
  const [one, other] = [hold(), hold()];
  const held = await one.at(run);
  expect(await other.at(run)).toBe(held);
  one.close();
  expect(await other.at(run)).toBe(held);
  expect(await plan(held)).toMatchObject({ removed: 2 });
  other.close();
  expect(await one.at(run)).not.toBe(held);
});

test('a window that comes to a run which another holds sees it as it is by then', async () => {
  const [one, other] = [hold(), hold()];
  const { manager, look } = await one.at(run);
  await look();
  const id = putVersion(4);
  expect(manager.version(id)).toBeUndefined();
  await other.at(run);
  expect(manager.version(id)).toBeDefined();
});

test('a run that cannot be opened is held by nobody', async () => {
  const held = hold();
  await expect(held.at(join(run, 'none'))).rejects.toThrow();
  await expect(hold().at(join(run, 'none'))).rejects.toThrow();
});
