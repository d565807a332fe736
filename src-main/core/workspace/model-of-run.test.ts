import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { faultOfFolder, modelOfRun } from './model-of-run.ts';

test('what a run was trained with is asked of its best version, else of its latest, while its folder is there', () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'run'));
  symlinkSync('run', join(root, 'link'));
  const modelOf = (path: string, best: string | null, latest: string | null) =>
    modelOfRun(root, { path, best, latest });
  expect(modelOf('run', 'best.pt', 'latest.pt')).toBe(join(root, 'run/best.pt'));
  expect(modelOf('run', null, 'latest.pt')).toBe(join(root, 'run/latest.pt'));
  expect(modelOf('.', 'best.pt', null)).toBe(join(root, 'best.pt'));
  expect(modelOf('run', null, null)).toBeNull();
  for (const path of ['link', 'gone']) expect(modelOf(path, 'best.pt', 'latest.pt')).toBeNull();
  expect(['run', 'link', 'gone'].map((path) => faultOfFolder(join(root, path)))).toEqual([
    null,
    'something else came in the place of this folder',
    'it is not there',
  ]);
});
