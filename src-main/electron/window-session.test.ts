import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WindowSession } from './window-session.ts';

const window = { isDestroyed: () => false, send: () => undefined } as unknown as WebContents;
const none = 'There is no such run open in this window.';

let folder: string;
let sessions: WindowSession[];
beforeEach(async () => {
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
