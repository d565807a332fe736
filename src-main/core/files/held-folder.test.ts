import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { holdFolder } from './held-folder.ts';
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
