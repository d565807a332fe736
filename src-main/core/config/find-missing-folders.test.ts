import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { findMissingFolders } from './find-missing-folders.ts';

test('a folder that the config misspells is named, with the usual one that is there instead', () => {
  const run = temporaryFolder();
  put(run, 'best_models/a.pt', 'x');
  const config = { ...defaultStorageConfig, best_models_dir: 'bestmodels' };
  expect(findMissingFolders(run, config)).toEqual([
    { path: 'bestmodels', problem: expect.stringContaining('best_models/ is there') },
  ]);
});

test('nothing is said of folders that are there, or that are not there by either name', () => {
  const run = temporaryFolder();
  put(run, 'best/a.pt', 'x');
  expect(findMissingFolders(run, { ...defaultStorageConfig, best_models_dir: 'best' })).toEqual([]);
  expect(findMissingFolders(run, defaultStorageConfig)).toEqual([]);
});
