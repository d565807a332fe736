import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type Disk, realDisk } from '../files/disk.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { makeFolders } from './commit-operation.ts';
import type { Operation } from './operation.ts';
import {
  assertNoLinks,
  makeFolder,
  removeEmptyFolders,
  removeTree,
  syncFoldersAbove,
} from './run-folders.ts';
import { ensureBookkeeping } from './write-run.ts';

function linkedRun(): { run: string; outside: string } {
  const [run, outside] = [temporaryFolder(), temporaryFolder()];
  put(outside, 'secret.pt', 'not ours');
  symlinkSync(outside, join(run, 'best_models'));
  return { run, outside };
}

test('no folder is made behind a link, and no path leads through one', async () => {
  const { run, outside } = linkedRun();
  await expect(makeFolder(realDisk, run, 'best_models/deep')).rejects.toThrow('follows no link');
  await expect(assertNoLinks(realDisk, run, ['best_models/secret.pt'])).rejects.toThrow('follows no link');
  await assertNoLinks(realDisk, run, ['checkpoints/a.pt', 'best_models']);
  expect(readdirSync(outside)).toEqual(['secret.pt']);
});

test('no step of an operation is taken through a link', async () => {
  const { run } = linkedRun();
  const step = { from: 'best_models/secret.pt', to: '.cairn/trash/a/files/secret.pt', inode: 1, size: 8 };
  const steps = [{ ...step, over: null, keep: null }];
  const operation = { id: 'a', kind: 'trash', steps } as unknown as Operation;
  await expect(makeFolders(realDisk, run, operation)).rejects.toThrow('follows no link');
  expect(existsSync(join(run, '.cairn'))).toBe(false);
});

test('a folder is removed with what is in it, but not with what a link in it leads to', async () => {
  const { run, outside } = linkedRun();
  put(run, 'doomed/deep/a.pt', 'a');
  symlinkSync(outside, join(run, 'doomed/link'));
  await removeTree(realDisk, join(run, 'doomed'));
  expect(readdirSync(run)).toEqual(['best_models']);
  expect(readdirSync(outside)).toEqual(['secret.pt']);
});

test('of empty folders only those go that hold nothing', async () => {
  const run = temporaryFolder();
  mkdirSync(join(run, 'a/empty/deeper'), { recursive: true });
  put(run, 'a/full/model.pt', 'a');
  expect(await removeEmptyFolders(realDisk, join(run, 'a'))).toBe(false);
  expect(readdirSync(join(run, 'a'))).toEqual(['full']);
});

/** A disk on which this folder cannot be synced. */
function unsynced(folder: string, code: string): Disk {
  const syncFolder: Disk['syncFolder'] = async (path) => {
    if (path === folder) throw Object.assign(new Error(code), { code });
  };
  return { ...realDisk, syncFolder };
}

test('folders above a run may be closed to its owner; that their disk fails is no such thing', async () => {
  const run = temporaryFolder();
  await syncFoldersAbove(unsynced(dirname(run), 'EACCES'), run);
  await expect(syncFoldersAbove(unsynced(dirname(run), 'EIO'), run)).rejects.toThrow('EIO');
});

test('Told to be done means durable: the first that is noted of a run makes its folder of notes durable, and the names above', async () => {
  const run = temporaryFolder();
  const own = join(run, '.cairn');
  const synced: [string, boolean][] = [];
  const syncFolder: Disk['syncFolder'] = async (path) => void synced.push([path, existsSync(own)]);
  const disk = { ...realDisk, syncFolder };
  await ensureBookkeeping(disk, run, own);
  expect(synced).toContainEqual([dirname(run), false]);
  expect(synced.at(-1)).toEqual([run, true]);
  synced.length = 0;
  await ensureBookkeeping(disk, run, own);
  expect(synced).toEqual([]);
});
