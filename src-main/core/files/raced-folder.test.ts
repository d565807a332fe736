import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Disk } from './disk.ts';
import { diskInside } from './disk-inside.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';
import { unsyncedDisk } from './unsynced-disk.fixture.ts';

const rounds = 10_000;

/** Moves a folder away, puts a link in its place that leads outside, and takes that back, as fast as it can. */
const swap = `
const { renameSync, symlinkSync, unlinkSync } = require('node:fs');
const [folder, away, outside] = process.argv.slice(1);
console.log('begins');
for (;;) {
  renameSync(folder, away);
  symlinkSync(outside, folder);
  unlinkSync(folder);
  renameSync(away, folder);
}`;

let swapper: ChildProcess | null = null;
afterEach(() => void swapper?.kill('SIGKILL'));

interface Race {
  done: number;
  refused: number;
  /** What there is outside by now. */
  outside: string[];
}

/** Makes, renames and removes files in a folder that another process swaps for a link all the while. */
async function race(guard: (root: string) => Disk, most: number, isOver: (outside: string[]) => boolean) {
  const [root, outside] = [temporaryFolder(), temporaryFolder()];
  const folder = join(root, 'best_models');
  mkdirSync(folder);
  put(outside, 'bait.pt', 'not ours');
  swapper = spawn(process.execPath, ['-e', swap, folder, join(root, 'away'), outside], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (swapper.stdout) await once(swapper.stdout, 'data');
  const disk = guard(root);
  const result: Race = { done: 0, refused: 0, outside: [] };
  const attempt = (act: () => Promise<unknown>) =>
    act().then(
      () => (result.done += 1),
      () => (result.refused += 1),
    );
  for (let round = 0; round < most && !isOver(result.outside); round += 1) {
    const [made, named] = [join(folder, `${round}.tmp`), join(folder, `${round}.pt`)];
    await attempt(async () => (await disk.create(made)).close());
    await attempt(() => disk.rename(made, named));
    await attempt(() => disk.unlink(join(folder, 'bait.pt')));
    await attempt(() => disk.unlink(named));
    result.outside = readdirSync(outside);
  }
  return result;
}

test('15: in ten thousand rounds against a process that swaps the folder for a link nothing outside is touched', {
  timeout: 300_000,
}, async () => {
  const { done, refused, outside } = await race(
    (root) => diskInside(unsyncedDisk, root),
    rounds,
    () => false,
  );
  console.log(`${rounds} rounds of four changes against a swapper: ${done} done, ${refused} refused`);
  expect(outside).toEqual(['bait.pt']);
  expect(done).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(rounds);
});

test('control: without the guard the link is followed in such a race', async () => {
  const isHarmed = (outside: string[]) => outside.length > 0 && outside.join() !== 'bait.pt';
  const { outside } = await race(() => unsyncedDisk, rounds, isHarmed);
  expect(outside).not.toEqual(['bait.pt']);
});
