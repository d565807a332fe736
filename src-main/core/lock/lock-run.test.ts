import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { lockInTurn } from './lock-in-turn.fixture.ts';
import { lockFolder, lockRun } from './lock-run.ts';

const native = join(
  import.meta.dirname,
  `../../../node_modules/fs-native-extensions/prebuilds/${process.platform}-${process.arch}/fs-native-extensions.node`,
);

/** Another process that takes the kernel's lock on the same file, and keeps it until it ends. */
async function holdElsewhere(folder: string, text: string): Promise<ChildProcess> {
  const script = `
    const file = require('fs').openSync(process.argv[1], 'w+');
    require(process.argv[2]).tryLock(file, 0, 0, true);
    require('fs').writeSync(file, process.argv[3]);
    console.log('held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['-e', script, join(folder, 'lock'), native, text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
}

test('the second of one process waits until the first is done', async () => {
  await lockInTurn(temporaryFolder());
});

test('who does not get it in time is told who holds it', async () => {
  const folder = temporaryFolder();
  const first = await lockRun(folder, 'save', 0);
  await expect(lockRun(folder, 'prune', 60)).rejects.toThrow(
    new RegExp(`the run is locked — save of .*process ${process.pid}, since 2.*--wait longer`),
  );
  await first.release();
  await (await lockRun(folder, 'prune', 0)).release();
});

test('who waited for a lock file that was moved away waits for the one in its place', async () => {
  const folder = temporaryFolder();
  const first = await lockRun(folder, 'save', 0);
  const order: string[] = [];
  const second = lockRun(folder, 'prune', 5000).then((lock) => {
    order.push('second has it');
    return lock;
  });
  await sleep(60);
  renameSync(join(folder, 'lock'), join(folder, 'moved'));
  const third = await lockRun(folder, 'undo', 0);
  await first.release();
  await sleep(150);
  order.push('third lets go');
  await third.release();
  await (await second).release();
  expect(order).toEqual(['third lets go', 'second has it']);
});

test('those that share a lock hold it together; who wants it alone waits for all of them', async () => {
  const folder = temporaryFolder();
  const request = { what: 'the folder', command: 'backup', wait: 0 };
  const sharing = [await lockFolder(folder, { ...request, shared: true })];
  sharing.push(await lockFolder(folder, { ...request, shared: true }));
  await expect(lockFolder(folder, request)).rejects.toThrow('the folder is locked — backup of');
  await sharing[0]?.release();
  await expect(lockFolder(folder, request)).rejects.toThrow('the folder is locked — another program');
  await sharing[1]?.release();
  const alone = await lockFolder(folder, request);
  await expect(lockFolder(folder, { ...request, shared: true })).rejects.toThrow('is locked');
  await alone.release();
});

test('another process is kept out, and gets in at once when the holder is killed', async () => {
  const folder = temporaryFolder();
  const holder = JSON.stringify({ who: 'ann@there, process 7', command: 'undo', since: 'noon' });
  const child = await holdElsewhere(folder, holder);
  await expect(lockRun(folder, 'save', 80)).rejects.toThrow('undo of ann@there, process 7, since noon,');
  child.kill('SIGKILL');
  const lock = await lockRun(folder, 'save', 2000);
  expect(JSON.parse(readFileSync(join(folder, 'lock'), 'utf8'))).toMatchObject({ command: 'save' });
  await lock.release();
});

test.each([
  ['a pipe', (path: string) => spawnSync('mkfifo', [path])],
  ['a folder', (path: string) => mkdirSync(path)],
  ['a link', (path: string) => symlinkSync('elsewhere', path)],
])('%s in the place of the lock is told in words, at once', async (_, make) => {
  const folder = temporaryFolder();
  make(join(folder, 'lock'));
  await expect(lockRun(folder, 'save', 5000)).rejects.toThrow(
    /^nothing can be written — .*lock is no regular file, so it cannot be locked — move it away/,
  );
});

test('what stands in the lock file neither locks nor drives a terminal', async () => {
  const folder = temporaryFolder();
  put(folder, 'lock', 'left by a power cut \u001b[31m');
  await (await lockRun(folder, 'save', 0)).release();
  await holdElsewhere(folder, 'not JSON \u001b[31m');
  await expect(lockRun(folder, 'save', 0)).rejects.toThrow('another program is writing to it');
});
