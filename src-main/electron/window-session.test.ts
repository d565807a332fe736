import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { put } from '../core/files/temporary-folder.fixture.ts';
import { ModelManager } from '../core/model-manager.ts';
import type { OpenRun } from './open-run.ts';
import { WindowSession } from './window-session.ts';

const send = vi.fn();
const window = { isDestroyed: () => false, send } as unknown as WebContents;
const sentOn = (name: string) =>
  send.mock.calls.filter(([channel]) => channel === `cairn:${name}`).map(([, event]) => event);
const none = 'There is no such run open in this window.';

let folder: string;
let sessions: WindowSession[];
beforeEach(async () => {
  send.mockClear();
  folder = await mkdtemp(join(tmpdir(), 'cairn-session-'));
  await mkdir(join(folder, 'run/checkpoints'), { recursive: true });
  sessions = [new WindowSession(window, folder), new WindowSession(window, folder)];
});
afterEach(async () => {
  for (const session of sessions) session.close();
  await rm(folder, { recursive: true });
});

test('11: the handle of a run is good in the window that opened it, and in no other', () => {
  const [own, other] = sessions;
  const runId = own?.open(join(folder, 'run')).runId ?? '';
  expect(own?.run(runId).runId).toBe(runId);
  expect(() => other?.run(runId)).toThrow(none);
  expect(() => other?.verify(runId, null)).toThrow(none);
  expect(() => other?.closeRun(runId)).toThrow(none);
});

test('11: a handle that has expired is refused, and opening the folder again gives another', () => {
  const [own] = sessions;
  const runId = own?.open(join(folder, 'run')).runId ?? '';
  expect(own?.open(join(folder, 'run')).runId).toBe(runId);
  own?.closeRun(runId);
  expect(() => own?.run(runId)).toThrow(none);
  expect(own?.open(join(folder, 'run')).runId).not.toBe(runId);
});

test('a run that is open is shown when it is asked for again, by any name, and nothing is opened anew', () => {
  const follow = vi.spyOn(ModelManager.prototype, 'follow');
  const [own] = sessions;
  const runId = own?.open(join(folder, 'run')).runId;
  expect(sentOn('runShown')).toEqual([]);
  expect(own?.open(join(folder, 'run/../run/')).runId).toBe(runId);
  expect(sentOn('runShown')).toEqual([{ runId, version: null }]);
  expect(follow).toHaveBeenCalledTimes(1);
});

test('one verification of a run is under way at most; after it was cancelled another may start', () => {
  const [own] = sessions;
  const runId = own?.open(join(folder, 'run')).runId ?? '';
  const task = own?.verify(runId, null);
  expect(own?.verify(runId, null)).toBe(task);
  own?.cancel(task ?? '');
  expect(own?.verify(runId, null)).not.toBe(task);
});

test('who asks for more than the verification under way reads gets one that reads all of it', async () => {
  for (const name of ['a', 'b']) put(join(folder, 'run'), `best_models/${name}.pt`, name);
  const [own] = sessions;
  const run = own?.open(join(folder, 'run')) as OpenRun;
  const { runId, manager, handles } = run;
  await manager.look();
  const verify = vi.spyOn(manager, 'verify');
  const [a, b] = ['a', 'b'].map((name) => handles.handleOf(`best_models/${name}.pt`)) as [number, number];
  const first = own?.verify(runId, [a]);
  expect(own?.verify(runId, [a])).toBe(first);
  const both = own?.verify(runId, [b]);
  expect(both).not.toBe(first);
  expect(own?.verify(runId, [a, b])).toBe(both);
  const whole = own?.verify(runId, null);
  expect(whole).not.toBe(both);
  expect(own?.verify(runId, [b])).toBe(whole);
  expect(verify.mock.calls.map(([ids]) => ids)).toEqual([
    ['best_models/a.pt'],
    ['best_models/a.pt', 'best_models/b.pt'],
    null,
  ]);
  expect(await own?.works.finish(first ?? '')).toBeNull();
  expect(await own?.works.finish(whole ?? '')).toBe('null');
});

test('a failure from before the page listens is told once it does, later ones at once', () => {
  const [own] = sessions;
  const failure = (message: string) => ({ code: 'Usage' as const, message, path: null });
  own?.tellFailure(failure('early'));
  expect(sentOn('failureMet')).toEqual([]);
  own?.pageListens();
  own?.tellFailure(failure('late'));
  own?.pageListens();
  expect(sentOn('failureMet')).toEqual([failure('early'), failure('late')]);
});

test('what a person chose in the menu before the page listens is asked of it once it does, in order', () => {
  const [own] = sessions;
  own?.choose('settings');
  own?.choose('shortcuts');
  expect(sentOn('commandChosen')).toEqual([]);
  own?.pageListens();
  own?.choose('about');
  expect(sentOn('commandChosen').map(({ command }) => command)).toEqual(['settings', 'shortcuts', 'about']);
});

test('what is to be shown from before the page listens is told once it does, and after the page stopped too', () => {
  const [own] = sessions;
  const path = join(folder, 'a.pt');
  const { checkpointId = '' } = own?.openCheckpoint(path) ?? {};
  expect(sentOn('checkpointShown')).toEqual([]);
  own?.pageListens();
  expect(sentOn('checkpointShown')).toMatchObject([{ checkpointId, path, size: null }]);
  own?.pageStopped();
  expect(own?.openCheckpoint(path).checkpointId).toBe(checkpointId);
  expect(sentOn('checkpointShown')).toHaveLength(1);
  own?.pageListens();
  expect(sentOn('checkpointShown')).toHaveLength(2);
});

test('11: the handle of a checkpoint is good in its window alone, and until it is closed', () => {
  const [own, other] = sessions;
  const { checkpointId = '' } = own?.openCheckpoint(join(folder, 'a.pt')) ?? {};
  const gone = 'There is no such checkpoint open in this window.';
  expect(() => other?.checkpoint(checkpointId)).toThrow(gone);
  own?.closeCheckpoint(checkpointId);
  expect(() => own?.checkpoint(checkpointId)).toThrow(gone);
  expect(() => own?.closeCheckpoint(checkpointId)).toThrow(gone);
});

test('a checkpoint that becomes another file is told, once', async () => {
  const [own] = sessions;
  const path = join(folder, 'a.pt');
  await writeFile(path, 'x');
  own?.openCheckpoint(path);
  own?.reconcile();
  expect(sentOn('checkpointChanged')).toEqual([]);
  await writeFile(path, 'longer');
  own?.reconcile();
  own?.reconcile();
  expect(sentOn('checkpointChanged')).toMatchObject([{ size: 6 }]);
});
