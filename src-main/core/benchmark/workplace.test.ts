import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { hostName } from '../files/stage-file.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { tryKernelLock } from '../lock/kernel-lock.ts';
import { makeWorkplace, sweepWorkplaces } from './workplace.ts';

const failing: { unlink: string | null; lock: (() => boolean)[] } = vi.hoisted(() => ({
  unlink: null,
  lock: [],
}));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const unlink: typeof real.unlink = async (path) => {
    if (basename(String(path)) === failing.unlink) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
    return real.unlink(path);
  };
  return { ...real, unlink };
});
vi.mock('../lock/kernel-lock.ts', async (original) => {
  const real = await original<typeof import('../lock/kernel-lock.ts')>();
  const tryKernelLock: typeof real.tryKernelLock = (...lock) =>
    failing.lock.shift()?.() ?? real.tryKernelLock(...lock);
  return { ...real, tryKernelLock };
});

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

test('Nothing is left behind: what could not be removed goes with a later sweep', async () => {
  const folder = leave('abcdef');
  const stuck = put(folder, 'work/deep/stuck.txt', 'stuck');
  failing.unlink = 'stuck.txt';
  await sweepWorkplaces();
  expect(existsSync(stuck)).toBe(true);
  failing.unlink = null;
  await sweepWorkplaces();
  expect(readdirSync(place)).toEqual([]);
});

test('one whose lock a sweep took before its Cairn did is none: another is made', async () => {
  failing.lock = [() => false];
  const { folder, remove } = makeWorkplace();
  await sweepWorkplaces();
  expect(readdirSync(place)).toEqual([basename(dirname(folder))]);
  expect(existsSync(folder)).toBe(true);
  await remove();
  expect(readdirSync(place)).toEqual([]);
});

test('where nothing can be locked there is a place to work in all the same', async () => {
  failing.lock = [
    () => {
      throw new Error('no locks here');
    },
  ];
  const { folder, remove } = makeWorkplace();
  expect(readdirSync(folder)).toEqual([]);
  await remove();
  expect(readdirSync(place)).toEqual([]);
});

test('Nothing is left behind: an old, empty folder of ours goes, a new one may be about to be locked', async () => {
  const make = (letters: string, age: number, mode = 0o700) => {
    const folder = join(place, `cairn-job-${hostName}-4999999-${letters}`);
    mkdirSync(folder, { mode });
    utimesSync(folder, Date.now() / 1000 - age, Date.now() / 1000 - age);
    return folder;
  };
  make('oldone', 7200);
  const kept = [make('newone', 0), make('shared', 7200, 0o755), make('filled', 7200)];
  put(kept[2] ?? '', 'theirs.txt', 'theirs');
  utimesSync(kept[2] ?? '', 1, 1);
  if (process.getuid?.() === 0) chownSync(kept[kept.push(make('theirs', 7200)) - 1] ?? '', 4242, 4242);
  await sweepWorkplaces();
  expect(readdirSync(place).sort()).toEqual(kept.map((each) => basename(each)).sort());
});

test('where the folder for temporary files cannot be read nothing fails', async () => {
  vi.stubEnv('TMPDIR', join(place, 'none'));
  await expect(sweepWorkplaces()).resolves.toBeUndefined();
});
