import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Events } from '../../shared/ipc/contract.ts';
import { events } from '../../shared/ipc/contract.ts';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { WindowSession } from './window-session.ts';

const send = vi.fn();
const window = { isDestroyed: () => false, send } as unknown as WebContents;
type Name = 'workspaceChanged' | 'workspaceShown' | 'workspaceRunsChanged';
const sentOn = <N extends Name>(name: N): Events[N][] =>
  send.mock.calls.filter(([channel]) => channel === `cairn:${name}`).map(([, event]) => event);
const states = () => sentOn('workspaceChanged').map(({ state }) => state);

let root: string;
let sessions: WindowSession[];
beforeEach(() => {
  send.mockClear();
  root = temporaryFolder();
  for (const name of ['a', 'b', 'deep/c']) put(root, `${name}/model_v0001.pt`, 'bytes');
  sessions = [new WindowSession(window, temporaryFolder()), new WindowSession(window, temporaryFolder())];
});
afterEach(() => {
  for (const session of sessions) session.close();
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
  const told = send.mock.calls.length;
  const [, other] = sessions;
  other?.openWorkspace(root);
  await ended('done');
  const ids = new Set(sentOn('workspaceRunsChanged').map(({ workspaceId }) => workspaceId));
  expect(ids.has(workspace.workspaceId)).toBe(false);
  expect(told).toBeGreaterThan(0);
});

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
