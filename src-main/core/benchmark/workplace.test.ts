import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { hostName } from '../files/stage-file.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { tryKernelLock } from '../lock/kernel-lock.ts';
import { makeWorkplace, sweepWorkplaces } from './workplace.ts';

let [place, outside] = ['', ''];
beforeEach(() => {
  [place, outside] = [temporaryFolder(), temporaryFolder()];
  vi.stubEnv('TMPDIR', place);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** What a Cairn that was killed leaves of a job; there is no process of that number. */
function leave(letters: string): string {
  const folder = join(place, `cairn-job-${hostName}-4999999-${letters}`);
  put(folder, 'lock', '');
  put(folder, 'work/left.txt', 'left');
  chmodSync(folder, 0o700);
  return folder;
}

test('what a killed Cairn left of a job goes, with its processes and theirs', async () => {
  const folder = leave('abcdef');
  const script = 'cd /; env -i setsid sleep 93001 & exec env -i CAIRN_JOB="$0" sh -c "sleep 93002; :"';
  const left = spawn('sh', ['-c', script, join(folder, 'work')], { detached: true, stdio: 'ignore' });
  const over = once(left, 'exit');
  onTestFinished(() => void left.kill('SIGKILL'));
  await wait(200);
  await sweepWorkplaces();
  await over;
  expect(spawnSync('pgrep', ['-f', '^sleep 9300[12]']).status).toBe(1);
  expect(readdirSync(place)).toEqual([]);
});

test('a job whose Cairn lives stays, whatever number that has where it runs', async () => {
  const folder = leave('abcdef');
  expect(tryKernelLock(openSync(join(folder, 'lock'), 'r+'), false)).toBe(true);
  const workplace = makeWorkplace();
  await sweepWorkplaces();
  expect(existsSync(join(folder, 'work/left.txt'))).toBe(true);
  expect(existsSync(workplace.folder)).toBe(true);
  await workplace.remove();
  expect(readdirSync(place)).toHaveLength(1);
});

test('Nothing foreign is touched: no folder of another user, none that others may use, none behind a link', async () => {
  put(outside, 'lock', '');
  put(outside, 'work/theirs.txt', 'theirs');
  chmodSync(outside, 0o700);
  symlinkSync(outside, join(place, `cairn-job-${hostName}-4999999-linked`));
  chmodSync(leave('shared'), 0o755);
  if (process.getuid?.() === 0) chownSync(leave('theirs'), 4242, 4242);
  put(place, `cairn-job-${hostName}-4999999-afiles`, '');
  mkdirSync(join(place, `cairn-job-${hostName}-4999999-nolock`), { mode: 0o700 });
  const before = readdirSync(place);
  await sweepWorkplaces();
  expect(readdirSync(place)).toEqual(before);
  expect(existsSync(join(outside, 'work/theirs.txt'))).toBe(true);
});

test('links in what was left are removed, not followed', async () => {
  put(outside, 'theirs.txt', 'theirs');
  const folder = leave('abcdef');
  symlinkSync(outside, join(folder, 'work/link'));
  mkdirSync(join(folder, 'work/deep/er'), { recursive: true });
  symlinkSync(outside, join(folder, 'work/deep/er/link'));
  await sweepWorkplaces();
  expect(readdirSync(place)).toEqual([]);
  expect(existsSync(join(outside, 'theirs.txt'))).toBe(true);
});

test('where the folder for temporary files cannot be read nothing fails', async () => {
  vi.stubEnv('TMPDIR', join(place, 'none'));
  await expect(sweepWorkplaces()).resolves.toBeUndefined();
});
