import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { findLinked, findLinksTo } from './find-links.ts';

test('links of a run, in any of its folders, are found by what they lead to, a file or the folder that is a version; others are not', async () => {
  const run = temporaryFolder();
  put(run, 'best_models/a.pt', '');
  put(run, 'checkpoint-5/model.safetensors', '');
  mkdirSync(join(run, 'checkpoints'));
  symlinkSync('best_models/a.pt', join(run, 'best.pt'));
  symlinkSync('../best_models/a.pt', join(run, 'checkpoints/last.pt'));
  symlinkSync('checkpoint-5', join(run, 'latest'));
  symlinkSync('/nothing/here', join(run, 'gone.pt'));
  put(run, 'best_models/deep.pt', '');
  mkdirSync(join(run, 'exp/2026/x'), { recursive: true });
  symlinkSync('../../../best_models/deep.pt', join(run, 'exp/2026/x/l.pt'));
  const linksTo = (id: string) => findLinksTo(run, defaultStorageConfig, id);
  expect(await linksTo('best_models/a.pt')).toEqual(['best.pt', 'checkpoints/last.pt']);
  expect(await linksTo('checkpoint-5/model.safetensors')).toEqual(['latest']);
  expect(await linksTo('best_models/b.pt')).toEqual([]);
  expect(await linksTo('best_models/deep.pt')).toEqual(['exp/2026/x/l.pt']);
  expect(findLinked(run, defaultStorageConfig)).toEqual(
    new Set(['best_models/a.pt', 'checkpoint-5', 'best_models/deep.pt']),
  );
});

test('a folder for versions that is a link out of the run is not looked into', async () => {
  const [run, elsewhere] = [temporaryFolder(), temporaryFolder()];
  put(run, 'best_models/a.pt', '');
  symlinkSync(join(run, 'best_models/a.pt'), join(elsewhere, 'back.pt'));
  symlinkSync(elsewhere, join(run, 'checkpoints'));
  expect(findLinked(run, defaultStorageConfig)).toEqual(new Set([relative(run, elsewhere)]));
  expect(await findLinksTo(run, defaultStorageConfig, 'best_models/a.pt')).toEqual([]);
});
