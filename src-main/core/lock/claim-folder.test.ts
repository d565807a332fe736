import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, renameSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { startOf } from '../processes/process-stat.ts';
import { lockInTurn } from './lock-in-turn.fixture.ts';
import { lockFolder, lockRun } from './lock-run.ts';

/** As libuv says ENOLCK, which it has no name for: no file system on this machine is without locks. */
vi.mock('./kernel-lock.ts', () => ({
  tryKernelLock: () => {
    throw Object.assign(new Error('no locks available'), { code: 'Unknown system error -37' });
  },
  kernelUnlock: () => undefined,
}));

const claimsIn = (folder: string) => readdirSync(folder).filter((name) => name !== 'lock');

/** A claim as another process would have made it: the parts of a name of ours, but for those that are given. */
async function claimOf(folder: string, parts: Record<number, string>): Promise<string> {
  const lock = await lockRun(folder, 'save', 0);
  const [own = ''] = claimsIn(folder);
  await lock.release();
  const name = own
    .split('.')
    .map((part, index) => parts[index] ?? part)
    .join('.');
  put(folder, name, JSON.stringify({ who: 'ann@there', command: 'prune', since: 'noon' }));
  return name;
}
const [machine, boot, pid, start] = [3, 4, 6, 7];

async function runningProcess(): Promise<ChildProcess> {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  return child;
}

test('without locks of the kernel the second waits for the first, and nothing is left', async () => {
  const folder = temporaryFolder();
  expect((await lockInTurn(folder)).isClaim).toBe(true);
  expect(claimsIn(folder)).toEqual([]);
});

test('of several that come at once never two hold it', async () => {
  const folder = temporaryFolder();
  let [holding, most, had] = [0, 0, 0];
  const come = async () => {
    const lock = await lockRun(folder, 'save', 60_000);
    holding += 1;
    most = Math.max(most, holding);
    await sleep(5);
    holding -= 1;
    had += 1;
    await lock.release();
  };
  await Promise.all(Array.from({ length: 5 }, come));
  expect([most, had]).toEqual([1, 5]);
});

test('those that share it hold it together; who wants it alone waits, and is told who holds it', async () => {
  const folder = temporaryFolder();
  const request = { what: 'the folder', command: 'backup', wait: 0 };
  const sharing = [await lockFolder(folder, { ...request, shared: true })];
  sharing.push(await lockFolder(folder, { ...request, shared: true }));
  await expect(lockFolder(folder, request)).rejects.toThrow(
    new RegExp(
      `the folder is locked — backup of .*process ${process.pid}, since .*delete ${folder}/lock\\.s\\.`,
    ),
  );
  for (const lock of sharing) await lock.release();
  await (await lockFolder(folder, request)).release();
});

test.runIf(process.platform === 'linux')(
  'a claim of a process that is surely gone counts for nothing, and is removed',
  async () => {
    const folder = temporaryFolder();
    const ended = await runningProcess();
    const began = String(startOf(ended.pid ?? 0));
    const stale = await claimOf(folder, { [pid]: String(ended.pid), [start]: began });
    await expect(lockRun(folder, 'save', 0)).rejects.toThrow('prune of ann@there, since noon, is writing');
    ended.kill('SIGKILL');
    await once(ended, 'exit');
    const lock = await lockRun(folder, 'save', 0);
    expect(claimsIn(folder)).not.toContain(stale);
    await lock.release();
    // Its number was given to another process, and the machine was started again.
    for (const parts of [{ [start]: '1' }, { [boot]: '0123456789ab' }]) {
      await claimOf(folder, parts);
      await (await lockRun(folder, 'save', 0)).release();
      expect(claimsIn(folder)).toEqual([]);
    }
  },
);

test('a claim of which it cannot be told whether its process is gone stays, and stands in the way', async () => {
  for (const parts of [{ [machine]: 'ba9876543210', [boot]: '0123456789ab' }, { [boot]: '' }]) {
    const folder = temporaryFolder();
    const name = await claimOf(folder, { ...parts, [pid]: '4999999' });
    await expect(lockRun(folder, 'save', 60)).rejects.toThrow(`delete ${folder}/${name}`);
    expect(claimsIn(folder)).toEqual([name]);
  }
});

test('a claim that could not be removed when it was let go holds up nobody here, and goes with the next one', async () => {
  const folder = temporaryFolder();
  const lock = await lockRun(folder, 'save', 0);
  // As where a disk of another machine does not answer for a moment.
  renameSync(folder, `${folder}-away`);
  await lock.release();
  renameSync(`${folder}-away`, folder);
  const [left = ''] = claimsIn(folder);
  const next = await lockRun(folder, 'save', 0);
  expect(claimsIn(folder)).not.toContain(left);
  await next.release();
  expect(claimsIn(folder)).toEqual([]);
});
