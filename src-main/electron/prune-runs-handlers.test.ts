import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { unpackRows } from '../../shared/ipc/packed-rows.ts';
import type { RunsPlan, RunsPruned } from '../../shared/ipc/prune-runs-contract.ts';
import type { AskedRules } from '../../shared/ipc/writing-contract.ts';
import { saveModel } from '../core/catalog/run.fixture.ts';
import { temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import { createPruneRunsHandlers } from './prune-runs-handlers.ts';
import { endOf, from } from './small-run.fixture.ts';
import { WindowSession } from './window-session.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Those that were handed out to read files. */
const threads: Worker[] = [];
vi.mock('../core/workers/spare-workers.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../core/workers/spare-workers.ts')>();
  const takeWorker: typeof original.takeWorker = (name, memory) => {
    const thread = original.takeWorker(name, memory);
    if (name === 'integrity-worker') threads.push(thread);
    return thread;
  };
  return { ...original, takeWorker };
});

let session: WindowSession;
let workspace: OpenWorkspace;
let root: string;
/** Of the versions of each run, with the folder of that. */
const ids: Record<string, string[]> = {};
const handlers = createPruneRunsHandlers(() => session);
const rules: AskedRules = { metric: null, keepBest: null, keepLatest: 1, keepEvery: null, kinds: 'best' };

/** So many versions, the last of them the best. */
function putRun(name: string, count: number): void {
  ids[name] = Array.from({ length: count }, (_, index) => putVersion(name, index + 1));
}

function putVersion(name: string, number: number, metrics: Record<string, number> = {}): string {
  const sidecar = {
    timestamp: `2026-01-0${number}T10:00:00`,
    training_state: { global_step: number * 100 },
    metrics,
  };
  return `${name}/${saveModel(join(root, name), number, { sidecar })}`;
}

beforeEach(async () => {
  root = temporaryFolder();
  putRun('a', 3);
  putRun('b', 2);
  session = new WindowSession(from, temporaryFolder());
  workspace = session.openWorkspace(root);
  await vi.waitFor(() => expect(workspace.summarise().state).toBe('done'), { timeout: 30_000 });
});
afterEach(() => session.close());

const numberOf = (path: string) => workspace.list(0).rows.find((row) => row.path === path)?.handle ?? -1;
const isThere = (path: string) => existsSync(join(root, path));
const id = () => ({ workspaceId: workspace.workspaceId });

function plan(given: Partial<{ rules: AskedRules; read: boolean; runs: number[] }> = {}): Promise<RunsPlan> {
  const asked = { ...id(), runs: [numberOf('a'), numberOf('b')], rules, read: true, ...given };
  return endOf<RunsPlan>(session, handlers.planPruneRuns(asked, from));
}

function prune(planned: RunsPlan): Promise<RunsPruned> {
  const plans = planned.runs.flatMap(({ run, plan: seen }) => (seen?.plan ? [{ run, plan: seen.plan }] : []));
  return endOf<RunsPruned>(session, handlers.pruneRuns({ ...id(), plans, rules }, from));
}

test('what is planned for several runs is what is pruned, each run by itself, and each comes back by itself', async () => {
  const simulated = await plan({ read: false });
  expect(simulated.runs.map(({ plan: each }) => each)).toMatchObject([
    { removed: 2, plan: null, gain: null },
    { removed: 1, plan: null, gain: null },
  ]);
  expect(simulated.lastStep).toBe(300);
  const planned = await plan();
  const { rows } = await handlers.listPlannedVersions({ ...id(), run: numberOf('a') }, from);
  const shown = new Map(unpackRows(rows, '').map((row) => [row.handle, `a/${row.id}`]));
  expect(planned.runs[0]?.plan?.versions.map((handle) => shown.get(handle))).toEqual(ids['a']);
  const pruned = await prune(planned);
  expect(pruned.runs).toMatchObject([
    { run: numberOf('a'), removed: 2, why: null },
    { run: numberOf('b'), removed: 1, why: null },
  ]);
  expect(ids['a']?.map(isThere)).toEqual([false, false, true]);
  expect(ids['b']?.map(isThere)).toEqual([false, true]);
  const operation = pruned.runs[0]?.operation ?? '';
  expect(await handlers.undoInRun({ ...id(), run: numberOf('a'), operation }, from)).toEqual({
    restored: 2,
    removed: 0,
  });
  expect(ids['a']?.map(isThere)).toEqual([true, true, true]);
  expect(ids['b']?.map(isThere)).toEqual([false, true]);
});

test('a run that changed since, or in whose place something else came, keeps no other from being pruned', async () => {
  const planned = await plan();
  putVersion('a', 4);
  const pruned = await prune(planned);
  expect(pruned.runs).toMatchObject([
    { removed: 0, operation: null, why: expect.stringContaining('changed since this plan was made') },
    { removed: 1, why: null },
  ]);
  rmSync(join(root, 'a'), { recursive: true });
  symlinkSync(temporaryFolder(), join(root, 'a'));
  const again = await plan({ runs: [numberOf('a')] });
  expect(again.runs).toMatchObject([
    { plan: null, why: expect.stringContaining('something else came in the place of this folder') },
  ]);
});

test('a run without the metric that is asked for is not pruned, and it is said why', async () => {
  putVersion('b', 3, { sharpe: 1.5 });
  const metric = { metric: 'sharpe', mode: 'max' } as const;
  const planned = await plan({ rules: { ...rules, keepLatest: null, keepBest: 1, metric } });
  expect(planned.runs).toMatchObject([
    { plan: null, why: expect.stringContaining('no version of it has “sharpe”') },
    { plan: { removed: 2 }, why: null },
  ]);
});

test('once the dialog is closed no run is held, and no plan goes on', async () => {
  const begun = await handlers.planPruneRuns(
    { ...id(), runs: [numberOf('a'), numberOf('b')], rules, read: false },
    from,
  );
  await handlers.endPruneRuns(id(), from);
  expect(await session.works.finish(begun.taskId)).toBeNull();
});

test('how long reading what stays still takes is reckoned from when the runs are open', async () => {
  const said: string[] = [];
  const opened = vi.spyOn(session.heldRuns, 'at');
  const start = vi.spyOn(session, 'start');
  await plan();
  const job = start.mock.calls[0]?.[1] ?? expect.unreachable();
  opened.mockClear();
  const tell = (what: string) => () => void said.push(`${what} ${opened.mock.calls.length}`);
  const signal = new AbortController().signal;
  await job({
    signal,
    expect() {},
    onBytes() {},
    onPart() {},
    startPart: tell('part'),
    onFile: tell('file'),
  });
  expect(said).toEqual(['part 2', 'file 3', 'file 4']);
});

test('what is simulated is told of each run as soon as that is open', async () => {
  const start = vi.spyOn(session, 'start');
  const simulated = await plan({ read: false });
  const job = start.mock.calls[0]?.[1] ?? expect.unreachable();
  const parts: unknown[] = [];
  const signal = new AbortController().signal;
  const nothing = () => undefined;
  await job({
    ...{ signal, expect: nothing, onBytes: nothing, startPart: nothing, onFile: nothing },
    onPart: (part) => parts.push(part),
  });
  expect(parts).toHaveLength(2);
  expect(parts).toEqual(expect.arrayContaining(simulated.runs));
});

test('runs that are planned for together are read by the same threads, of which none is left', async () => {
  for (const name of ['c', 'd', 'e', 'f']) putRun(name, 3);
  workspace.search();
  await vi.waitFor(() => expect(workspace.summarise().runCount).toBe(6), { timeout: 30_000 });
  threads.length = 0;
  const runs = ['a', 'b', 'c', 'd', 'e', 'f'].map(numberOf);
  const planned = await plan({ runs });
  expect(planned.runs.every(({ why }) => why === null)).toBe(true);
  expect(threads.length).toBeGreaterThanOrEqual(runs.length);
  expect(new Set(threads).size).toBeLessThanOrEqual(availableParallelism());
  await vi.waitFor(() => expect(threads.every(({ threadId }) => threadId === -1)).toBe(true), {
    timeout: 30_000,
  });
});
