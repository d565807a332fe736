import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Events } from '../../shared/ipc/contract.ts';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import { WindowSession } from './window-session.ts';

/** How many searches came to their end, and whether the next ones do not. */
const searches = { ended: 0, failing: false };
vi.mock('../core/workspace/search-in-thread.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../core/workspace/search-in-thread.ts')>();
  const searchInThread: typeof original.searchInThread = async (...args) => {
    if (searches.failing) throw new Error('the thread stopped');
    const end = await original.searchInThread(...args);
    searches.ended += 1;
    return end;
  };
  return { ...original, searchInThread };
});

const send = vi.fn();
const window = { isDestroyed: () => false, send } as unknown as WebContents;
type Name = 'workspaceChanged' | 'workspaceRunsChanged';
const sentOn = <N extends Name>(name: N): Events[N][] =>
  send.mock.calls.filter(([channel]) => channel === `cairn:${name}`).map(([, event]) => event);
const states = () => sentOn('workspaceChanged').map(({ state }) => state);

let root: string;
let session: WindowSession;
beforeEach(() => {
  send.mockClear();
  Object.assign(searches, { ended: 0, failing: false });
  root = temporaryFolder();
  for (const name of ['a', 'b', 'deep/c']) put(root, `${name}/model_v0001.pt`, 'bytes');
  session = new WindowSession(window, temporaryFolder());
});
afterEach(() => session.close());

/** A search rests ten times as long as it took, and on a busy machine a thread may take seconds to start. */
const patience = 60_000;
vi.setConfig({ testTimeout: 5 * patience });
const eventually = (check: () => void) => vi.waitFor(check, { timeout: patience });

/** Waits until what was only just begun to be watched was searched again: what comes later has to be seen. */
async function followed(): Promise<OpenWorkspace> {
  const workspace = session.openWorkspace(root);
  await eventually(() => expect(searches.ended).toBe(2));
  await eventually(() => expect(states().slice(-2)).toEqual(['done', 'done']));
  send.mockClear();
  return workspace;
}

test('each run that comes, goes or is saved to is told without anybody asking, and no other is', async () => {
  mkdirSync(join(root, 'a/checkpoints'));
  const workspace = await followed();
  expect(workspace.summarise().watch).toEqual({ state: 'live', detail: null });
  const versions = () =>
    Object.fromEntries(workspace.list(0).rows.map(({ path, versions: count }) => [path, count]));
  put(root, 'b/model_v0002.pt', 'more');
  await eventually(() => expect(versions()).toEqual({ a: 1, b: 2, 'deep/c': 1 }));
  const { searched } = workspace.summarise();
  put(root, 'd/model_v0001.pt', 'bytes');
  await eventually(() => expect(versions()).toEqual({ a: 1, b: 2, d: 1, 'deep/c': 1 }));
  await eventually(() => expect(workspace.summarise().searched).toBe(searched + 1));
  rmSync(join(root, 'deep/c'), { recursive: true });
  await eventually(() => expect(versions()).toEqual({ a: 1, b: 2, d: 1 }));
  const told = sentOn('workspaceRunsChanged').flatMap(({ rows }) => rows.map(({ path }) => path));
  expect(told).not.toContain('a');
  put(root, 'a/checkpoints/model_v0002.pt', 'more');
  await eventually(() => expect(versions()).toEqual({ a: 2, b: 2, d: 1 }));
  expect(states()).not.toContain('searching');
});

test('where a run has its own folder for versions, what is saved there is told', async () => {
  put(root, 'a/.hydra/config.yaml', 'model_storage: {checkpoint_dir: kept/here, max_best_models: 9}');
  put(root, 'a/kept/here/model_v0002.pt', 'more');
  const workspace = await followed();
  const versions = () => workspace.list(0).rows.find(({ path }) => path === 'a')?.versions;
  expect(versions()).toBe(2);
  put(root, 'a/kept/here/model_v0003.pt', 'more');
  await eventually(() => expect(versions()).toBe(3));
});

test('a search of its own accord that fails is told as a problem, and what was found stays and is watched', async () => {
  const workspace = await followed();
  searches.failing = true;
  put(root, 'd/model_v0001.pt', 'bytes');
  await eventually(() => expect(workspace.summarise().problems).toHaveLength(1));
  const problem = { path: '.', problem: expect.stringContaining('the thread stopped') };
  expect(workspace.summarise()).toMatchObject({
    state: 'done',
    runCount: 3,
    problems: [problem],
    failure: null,
    watch: { state: 'live' },
  });
  searches.failing = false;
  workspace.search();
  await eventually(() => expect(workspace.summarise()).toMatchObject({ runCount: 4, problems: [] }));
});
