import { mkdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { lookAt } from './file-identity.ts';
import { holdFolder, inHeldFolder } from './held-folder.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

const ways = [
  { how: 'held open', isOpened: true },
  { how: 'looked at', isOpened: false },
].filter(({ isOpened }) => !isOpened || process.platform === 'linux');

describe.each(ways)('a folder that is $how', ({ isOpened }) => {
  test('is itself, and in its place until it is moved', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'a/b'), { recursive: true });
    const held = holdFolder(join(root, 'a/b'), root, isOpened);
    writeFileSync(join(held.path, 'file'), 'bytes');
    expect(readFileSync(join(root, 'a/b/file'), 'utf8')).toBe('bytes');
    expect(held.isInPlace()).toBe(true);
    renameSync(join(root, 'a'), join(root, 'moved'));
    mkdirSync(join(root, 'a/b'), { recursive: true });
    expect(held.isInPlace()).toBe(false);
    held.release();
  });

  test('is refused behind a link, wherever below the root that is, and where it is a file', () => {
    const [root, outside] = [temporaryFolder(), temporaryFolder()];
    mkdirSync(join(outside, 'deep'));
    symlinkSync(outside, join(root, 'link'));
    put(root, 'file', '');
    for (const folder of ['link', 'link/deep', 'file'])
      expect(() => holdFolder(join(root, folder), root, isOpened)).toThrow(
        /^[^\n]+ is not a folder — Cairn needs one of that name, and follows no link — move it away$/,
      );
    expect(() => holdFolder(join(root, 'link'), join(root, 'link'), isOpened)).toThrow('is not a folder');
    expect(() => holdFolder(join(root, 'none'), root, isOpened)).toThrow('ENOENT');
  });

  test('may stand behind a link that leads to its root', () => {
    const [place, real] = [temporaryFolder(), temporaryFolder()];
    mkdirSync(join(real, 'run/best_models'), { recursive: true });
    symlinkSync(real, join(place, 'disk'));
    const root = join(place, 'disk/run');
    const held = holdFolder(join(root, 'best_models'), root, isOpened);
    expect(held.isInPlace()).toBe(true);
    held.release();
  });
});

test.runIf(process.platform === 'linux')(
  'a folder is held until what is done in it is over, or its promise settled, and then no longer',
  async () => {
    const root = temporaryFolder();
    const { ino } = statSync(root);
    let path = '';
    const isHeld = () => lookAt(`${path}/.`)?.ino === ino;
    const hold = (act: () => unknown) =>
      inHeldFolder(root, root, (held) => {
        path = held;
        return act();
      });
    const fail = () => {
      throw new Error('failed');
    };
    expect([hold(isHeld), isHeld()]).toEqual([true, false]);
    expect(() => hold(fail)).toThrow('failed');
    expect(isHeld()).toBe(false);
    const done = hold(() => wait(1));
    expect(isHeld()).toBe(true);
    expect([await done, isHeld()]).toEqual([undefined, false]);
    const failed = hold(() => wait(1).then(fail));
    expect(isHeld()).toBe(true);
    await expect(failed).rejects.toThrow('failed');
    expect(isHeld()).toBe(false);
  },
);
