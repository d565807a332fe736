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

test.each(['.', '', './'])(
  'a run of which the config makes %j the folder is told which one is left out',
  (named) => {
    const run = temporaryFolder();
    put(run, 'best_models/a.pt', 'x');
    const config = { ...defaultStorageConfig, best_models_dir: named };
    expect(findMissingFolders(run, config)).toEqual([
      {
        path: named === '' ? '.' : named,
        problem:
          'the config names this folder as best_models_dir, and that is the run itself; best_models/ is there, and is not looked at',
      },
    ]);
    expect(findMissingFolders(run, { ...config, checkpoint_dir: 'best_models' })).toEqual([]);
  },
);

test('nothing is said of folders that are there, or that are not there by either name', () => {
  const run = temporaryFolder();
  put(run, 'best/a.pt', 'x');
  expect(findMissingFolders(run, { ...defaultStorageConfig, best_models_dir: 'best' })).toEqual([]);
  expect(findMissingFolders(run, defaultStorageConfig)).toEqual([]);
});
