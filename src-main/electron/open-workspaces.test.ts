import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Events } from '../../shared/ipc/contract.ts';
import { events } from '../../shared/ipc/contract.ts';
import type { Problem } from '../../shared/model/run.ts';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import { WindowSession } from './window-session.ts';

/** Those that were taken for searches. */
const threads: Worker[] = [];
vi.mock('../core/workers/spare-workers.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../core/workers/spare-workers.ts')>();
  const takeWorker: typeof original.takeWorker = (...args) => {
    const thread = original.takeWorker(...args);
    threads.push(thread);
    return thread;
  };
  return { ...original, takeWorker };
});

const send = vi.fn();
const window = { isDestroyed: () => false, send } as unknown as WebContents;
type Name = 'workspaceChanged' | 'workspaceShown' | 'workspaceRunsChanged';
const sentOn = <N extends Name>(name: N): Events[N][] =>
  send.mock.calls.filter(([channel]) => channel === `cairn:${name}`).map(([, event]) => event);
const toldOf = ({ workspaceId }: OpenWorkspace) =>
  [...sentOn('workspaceChanged'), ...sentOn('workspaceRunsChanged')].filter(
    (event) => event.workspaceId === workspaceId,
  );
const states = () => sentOn('workspaceChanged').map(({ state }) => state);

let root: string;
let sessions: WindowSession[];
/** What searches tell beside their own problems. */
const alsoTold: Problem[] = [];
vi.mock('../core/workspace/search-in-thread.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../core/workspace/search-in-thread.ts')>();
  const searchInThread: typeof original.searchInThread = async (...args) => {
    const end = await original.searchInThread(...args);
    return { ...end, problems: [...end.problems, ...alsoTold] };
  };
  return { ...original, searchInThread };
});

beforeEach(() => {
  send.mockClear();
  threads.length = 0;
  alsoTold.length = 0;
  root = temporaryFolder();
  for (const name of ['a', 'b', 'deep/c']) put(root, `${name}/model_v0001.pt`, 'bytes');
  sessions = [new WindowSession(window, temporaryFolder()), new WindowSession(window, temporaryFolder())];
});
afterEach(() => {
  for (const session of sessions) session.close();
  vi.useRealTimers();
});

function openRoot() {
  const [own] = sessions;
  if (!own) throw new Error('there is a session');
  return { own, workspace: own.openWorkspace(root) };
}

/** On a busy machine a thread may take seconds to start. */
const patience = 30_000;
vi.setConfig({ testTimeout: patience });
const ended = (state: string) => eventually(() => expect(states().at(-1)).toBe(state));
const eventually = (check: () => void) => vi.waitFor(check, { timeout: patience });

test('runs are told as they are found, under numbers that stay theirs, in shapes that the contract has', async () => {
  const { workspace } = openRoot();
  await ended('done');
  const { rows, next } = workspace.list(0);
  expect(rows.map(({ path }) => path).sort()).toEqual(['a', 'b', 'deep/c']);
  expect(next).toBeNull();
  const before = new Map(rows.map(({ path, handle }) => [path, handle]));
  rmSync(join(root, 'b'), { recursive: true });
  put(root, 'd/model_v0001.pt', 'bytes');
  workspace.search();
  await eventually(() => expect(workspace.summarise()).toMatchObject({ state: 'done', runCount: 3 }));
  expect(sentOn('workspaceRunsChanged').at(-1)?.removed).toEqual([before.get('b')]);
  for (const { path, handle } of workspace.list(0).rows)
    if (path !== 'd') expect(handle).toBe(before.get(path));
  for (const name of ['workspaceChanged', 'workspaceRunsChanged'] as const)
    for (const event of sentOn(name)) expect(events[name].safeParse(event).error).toBeUndefined();
});

test('11: a workspace is known in its window alone, and until it is closed', () => {
  const { own, workspace } = openRoot();
  const [, other] = sessions;
  const gone = 'There is no such folder of runs open in this window.';
  expect(own.openWorkspace(root)).toBe(workspace);
  expect(() => other?.workspaces.get(workspace.workspaceId)).toThrow(gone);
  own.workspaces.close(workspace.workspaceId);
  expect(() => own.workspaces.get(workspace.workspaceId)).toThrow(gone);
});

test('a search ends when its workspace or its window closes, and when its page stops', async () => {
  const { own, workspace } = openRoot();
  own.pageStopped();
  expect(workspace.summarise()).toMatchObject({ state: 'stopped', runCount: 0 });
  workspace.search();
  own.close();
  const told = toldOf(workspace);
  expect(told.length).toBeGreaterThan(0);
  const [, other] = sessions;
  const another = other?.openWorkspace(root);
  await eventually(() => expect(another?.summarise()).toMatchObject({ state: 'done', runCount: 3 }));
  await eventually(() => expect(threads.map(({ threadId }) => threadId)).toEqual([-1, -1, -1]));
  expect(toldOf(workspace)).toEqual(told);
});

test('a folder that goes or comes back while its workspace closes is neither told nor searched', async () => {
  const { own, workspace } = openRoot();
  const [, other] = sessions;
  const another = other?.openWorkspace(root);
  if (!another) throw new Error('there is another session');
  await eventually(() => expect(another.summarise().state).toBe('done'));
  await eventually(() => expect(workspace.summarise().state).toBe('done'));
  const elsewhere = join(temporaryFolder(), 'elsewhere');
  renameSync(root, elsewhere);
  await closeWhileLooking(workspace, () => own.close());
  await another.look();
  expect(another.summarise().state).toBe('gone');
  renameSync(elsewhere, root);
  await closeWhileLooking(another, () => other?.close());
  another.search();
  expect(threads).toHaveLength(2);
  await eventually(() => expect(threads.map(({ threadId }) => threadId)).toEqual([-1, -1]));
});

/** Closes a workspace while it waits to hear whether its folder is there, and makes sure that it tells nothing then. */
async function closeWhileLooking(workspace: OpenWorkspace, close: () => void): Promise<void> {
  const told = toldOf(workspace);
  const looked = workspace.look();
  close();
  await looked;
  expect(toldOf(workspace)).toEqual(told);
}

test('it is looked again and again whether a folder is there, and no longer once its workspace closes meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { own, workspace } = openRoot();
  const looks = vi.spyOn(workspace, 'look');
  for (const count of [1, 2]) {
    expect(vi.getTimerCount()).toBe(1);
    vi.runOnlyPendingTimers();
    expect(looks).toHaveBeenCalledTimes(count);
    if (count === 2) own.close();
    await looks.mock.results.at(-1)?.value;
    await nextTurn();
  }
  expect(vi.getTimerCount()).toBe(0);
});

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('12: a run is opened where it was found, and not where a link came since', async () => {
  const { workspace } = openRoot();
  await ended('done');
  const handleOf = (path: string) => workspace.list(0).rows.find((row) => row.path === path)?.handle ?? -1;
  expect(workspace.folderOf(handleOf('deep/c'))).toBe(join(root, 'deep/c'));
  const outside = temporaryFolder();
  mkdirSync(join(outside, 'c'));
  rmSync(join(root, 'deep'), { recursive: true });
  symlinkSync(outside, join(root, 'deep'));
  expect(() => workspace.folderOf(handleOf('deep/c'))).toThrow(
    'something else came in the place of this folder',
  );
  rmSync(join(root, 'a'), { recursive: true });
  expect(() => workspace.folderOf(handleOf('a'))).toThrow(/^cannot open a — /);
  expect(() => workspace.folderOf(99)).toThrow('That run is no longer in the list.');
});

test('the paths of many runs are told but for those that are gone, or that something else came in the place of', async () => {
  const { workspace } = openRoot();
  await ended('done');
  const all = workspace.list(0).rows.map(({ handle }) => handle);
  expect((await workspace.foldersThere(all)).sort()).toEqual(
    ['a', 'b', 'deep/c'].map((name) => join(root, name)),
  );
  rmSync(join(root, 'a'), { recursive: true });
  renameSync(join(root, 'deep'), join(root, 'moved'));
  symlinkSync(join(root, 'moved'), join(root, 'deep'));
  expect(await workspace.foldersThere([...all, 99])).toEqual([join(root, 'b')]);
});

test('a folder that goes is told, and is searched once it is back', async () => {
  const { own, workspace } = openRoot();
  await ended('done');
  const elsewhere = join(temporaryFolder(), 'elsewhere');
  renameSync(root, elsewhere);
  own.reconcile();
  await ended('gone');
  expect(workspace.summarise()).toMatchObject({ runCount: 3 });
  renameSync(elsewhere, root);
  own.reconcile();
  await ended('done');
});

test('runs stay where it could not be looked, and go once they are known to be gone', async () => {
  const { workspace } = openRoot();
  await ended('done');
  const searched = async (...paths: string[]) => {
    alsoTold.splice(0, alsoTold.length, ...paths.map((path) => ({ path, problem: 'EIO' })));
    workspace.search();
    await eventually(() => expect(workspace.summarise().state).toBe('done'));
    return workspace
      .list(0)
      .rows.map(({ path }) => path)
      .sort();
  };
  for (const name of ['b', 'deep/c']) rmSync(join(root, name, 'model_v0001.pt'));
  expect(await searched('.')).toEqual(['a', 'b', 'deep/c']);
  expect(await searched('b', 'deep')).toEqual(['a', 'b', 'deep/c']);
  renameSync(join(root, 'deep'), join(root, 'deeper'));
  symlinkSync(join(root, 'deeper'), join(root, 'deep'));
  expect(await searched('b', 'deep')).toEqual(['a', 'b']);
  expect(await searched('a', 'c')).toEqual(['a']);
  expect(workspace.summarise()).toMatchObject({ runCount: 1 });
});

test('of very many problems the first are told, and how many more there are', async () => {
  for (let index = 0; index < 1002; index += 1) alsoTold.push({ path: `${index}`, problem: 'EIO' });
  const { workspace } = openRoot();
  await ended('done');
  const { problems } = workspace.summarise();
  expect(problems).toHaveLength(1001);
  expect(problems.at(-1)).toEqual({ path: '.', problem: '2 more problems are not listed' });
});
