import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bookkeepingFolder, defaultAppData, makeBookkeepingFolder } from './run-bookkeeping.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

const isRoot = process.getuid?.() === 0;

describe('what Cairn knows of a run is kept', () => {
  test('in the run itself when that is one’s own', () => {
    const run = temporaryFolder();
    expect(bookkeepingFolder(run, '/nowhere')).toBe(join(run, '.cairn'));
  });

  test('in the app’s data when the run is read-only, a place of its own for each run', () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    for (const run of [first, second]) chmodSync(run, 0o555);
    const places = [first, second].map((run) => bookkeepingFolder(run, '/data'));
    expect(places[0]).toMatch(/^\/data\/runs\/[0-9a-f]{32}$/);
    expect(places[1]).not.toBe(places[0]);
    expect(bookkeepingFolder(first, '/data')).toBe(places[0]);
  });

  test('in the same place by whichever name the run is opened', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'run'), { mode: 0o555 });
    symlinkSync('run', join(folder, 'link'));
    expect(bookkeepingFolder(join(folder, 'link'), '/data')).toBe(
      bookkeepingFolder(join(folder, 'run'), '/data'),
    );
  });

  test.runIf(isRoot && process.platform === 'linux')(
    'in the app’s data when the disk of the run is read-only, whatever its folder allows',
    () => {
      const run = temporaryFolder();
      execFileSync('mount', ['--bind', run, run]);
      onTestFinished(() => void execFileSync('umount', [run]));
      execFileSync('mount', ['-o', 'remount,ro,bind', run]);
      expect(bookkeepingFolder(run, '/data')).toMatch(/^\/data\//);
    },
  );

  test.runIf(isRoot)(
    'in the app’s data when the run is someone else’s, even for root, who could write there',
    () => {
      const run = temporaryFolder();
      chownSync(run, 12_345, 12_345);
      expect(bookkeepingFolder(run, '/data')).toMatch(/^\/data\//);
    },
  );
});

test('asking where it would be kept makes nothing', () => {
  const [run, data] = [temporaryFolder(), temporaryFolder()];
  bookkeepingFolder(run, data);
  chmodSync(run, 0o555);
  bookkeepingFolder(run, data);
  expect([...readdirSync(run), ...readdirSync(data)]).toEqual([]);
});

test('its folder is made for its owner alone', () => {
  const folder = join(temporaryFolder(), 'deep/.cairn');
  makeBookkeepingFolder(folder);
  makeBookkeepingFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('a link or a file in its place is refused: nothing is written where it leads', () => {
  const [run, elsewhere] = [temporaryFolder(), temporaryFolder()];
  symlinkSync(elsewhere, join(run, '.cairn'));
  expect(() => makeBookkeepingFolder(join(run, '.cairn'))).toThrow('is not a folder');
  expect(() => makeBookkeepingFolder(put(run, 'file', ''))).toThrow('is not a folder');
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('the app’s data has a place of its own, which exists only once it is used', () => {
  expect(defaultAppData()).toMatch(/cairn$/i);
  expect(existsSync(join(defaultAppData(), 'runs', 'f'.repeat(32)))).toBe(false);
});
