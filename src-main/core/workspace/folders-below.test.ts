import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { foldersBelow } from './folders-below.ts';

function folderOf(...names: string[]): string {
  const root = temporaryFolder();
  for (const name of names) mkdirSync(join(root, name), { recursive: true });
  return root;
}

test('folders among names are told with those in them, but for what a search does not enter', () => {
  const root = folderOf('date/time/.hydra', 'date/node_modules', '.cache/x', 'other');
  put(root, 'date/model.pt', 'x');
  symlinkSync(join(root, 'other'), join(root, 'date/link'));
  expect(foldersBelow(root, ['date', 'date/model.pt', '.cache/x', 'date/link', 'gone'], 10)).toEqual({
    folders: ['date', 'date/time'],
    isWhole: true,
  });
});

test('of many folders those nearer to the names are told, and that there are more', () => {
  const root = folderOf('a/1/deep', 'a/2', 'a/3');
  const { folders, isWhole } = foldersBelow(root, ['a'], 3);
  expect(folders).toEqual(['a', 'a/1', 'a/2']);
  expect(isWhole).toBe(false);
  expect(foldersBelow(root, ['a'], 5).isWhole).toBe(true);
});
