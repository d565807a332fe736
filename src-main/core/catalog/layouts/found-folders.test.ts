import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../../shared/model/storage-config.ts';
import { foldersOf, withReadAs } from '../../config/read-as.ts';
import { put, temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { foundFolders, withFoundFolders } from './found-folders.ts';

const found = (there: readonly string[], readAs?: string) =>
  foundFolders((name) => there.includes(name), readAs);

test.each([
  [['args.yaml'], 'weights'],
  [['summaries'], 'nn'],
  [['progress.txt'], 'pyt_save'],
  [['history.csv'], 'models'],
  [['metrics.csv'], 'ckpt'],
  [['meta.yaml'], 'artifacts'],
])('beside %s versions are kept in %s/', (there, folder) => {
  expect(found(there)).toContain(folder);
});

test('beside nothing of a training a folder is none of its versions, whatever it is called', () => {
  expect(found(['weights', 'models', 'nn', 'pyt_save', 'README.md'])).toEqual([]);
});

test('a run that is read in the way of one framework has its folders, and those beside logs', () => {
  expect(found(['args.yaml', 'summaries'], 'rl-games')).toEqual(['nn']);
  expect(found(['args.yaml', 'summaries'], 'lightning')).toEqual([]);
});

test('a folder that was opened as a run stays one', () => {
  const root = temporaryFolder();
  put(root, 'progress.csv', '');
  const folders = () => foldersOf(withFoundFolders(root, defaultStorageConfig));
  expect(folders()).toContain('models');
  mkdirSync(join(root, 'models/.cairn'), { recursive: true });
  expect(folders()).not.toContain('models');
  expect(foldersOf(withFoundFolders(root, withReadAs(defaultStorageConfig, 'keras')))).toContain('weights');
  put(root, 'meta.yaml', '');
  expect(folders()).toContain('artifacts/checkpoints');
  mkdirSync(join(root, 'artifacts/.cairn'), { recursive: true });
  expect(folders()).not.toContain('artifacts/checkpoints');
});
