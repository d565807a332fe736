import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Reserve } from './reserve.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

const noSpace = () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));

/** Succeeds once the disk has room again, as a disk does of which all else is taken. */
const needsRoom = (own: string) => async () => (existsSync(join(own, 'reserve/0')) ? noSpace() : 'done');

function sizesIn(own: string): number[] {
  const folder = join(own, 'reserve');
  return readdirSync(folder).map((name) => statSync(join(folder, name)).size);
}

const whole = Array.from({ length: 16 }, () => 4096);

test('it is given up for what needs room, and made again after that', async () => {
  const own = temporaryFolder();
  new Reserve(own, true).keep();
  expect(sizesIn(own)).toEqual(whole);
  const reserve = new Reserve(own, true);
  expect(await reserve.spend(needsRoom(own))).toBe('done');
  expect(sizesIn(own)).toEqual([]);
  reserve.keep();
  expect(sizesIn(own)).toEqual(whole);
});

test('it is not given up for what fills the disk, nor for any other failure', async () => {
  const own = temporaryFolder();
  new Reserve(own, true).keep();
  await expect(new Reserve(own, false).spend(needsRoom(own))).rejects.toThrow('ENOSPC');
  const broken = () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }));
  await expect(new Reserve(own, true).spend(broken)).rejects.toThrow('EIO');
  expect(sizesIn(own)).toEqual(whole);
});

test('where it is not enough, and where there is none, the failure is what it was, after one more try at most', async () => {
  const own = temporaryFolder();
  let tries = 0;
  const never = () => {
    tries += 1;
    return noSpace();
  };
  await expect(new Reserve(own, true).spend(never)).rejects.toThrow('ENOSPC');
  expect(tries).toBe(1);
  new Reserve(own, true).keep();
  await expect(new Reserve(own, true).spend(never)).rejects.toThrow('ENOSPC');
  expect(tries).toBe(3);
});

test('while a file of it is left, whichever a kill left, there is something to give up', async () => {
  const own = temporaryFolder();
  new Reserve(own, true).keep();
  const reserve = new Reserve(own, true);
  for (let name = 0; name < 16; name += 1) {
    expect(reserve.isSpent).toBe(false);
    rmSync(join(own, `reserve/${name}`));
  }
  expect(reserve.isSpent).toBe(true);
});

test('what a kill, or a power cut, left of it is made whole again', () => {
  const own = temporaryFolder();
  for (let left = 0; left <= 16; left += 1) {
    new Reserve(own, true).keep();
    for (let name = left; name < 16; name += 1) rmSync(join(own, `reserve/${name}`));
    if (left > 0) truncateSync(join(own, `reserve/${left - 1}`));
    new Reserve(own, true).keep();
    expect(sizesIn(own)).toEqual(whole);
  }
});

test('a link or a file in its place is left alone, and costs nothing', async () => {
  const [own, elsewhere] = [temporaryFolder(), temporaryFolder()];
  put(elsewhere, '0', 'of someone else');
  symlinkSync(elsewhere, join(own, 'reserve'));
  new Reserve(own, true).keep();
  await expect(new Reserve(own, true).spend(noSpace)).rejects.toThrow('ENOSPC');
  expect(readdirSync(elsewhere)).toEqual(['0']);
  rmSync(join(own, 'reserve'));
  mkdirSync(join(own, 'reserve'));
  put(own, 'reserve/notes', 'of someone else');
  new Reserve(own, true).keep();
  await expect(new Reserve(own, true).spend(noSpace)).rejects.toThrow('ENOSPC');
  expect(readdirSync(join(own, 'reserve'))).toEqual(['notes']);
});
