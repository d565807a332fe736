import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Catalog } from './catalog.ts';
import { listVersion } from './listed-version.ts';
import { readRun } from './read-run.ts';
import { readShard } from './read-shard.ts';
import { saveModel } from './run.fixture.ts';

const config = defaultStorageConfig;
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

function newRun(): string {
  const run = temporaryFolder();
  for (let version = 1; version <= 30; version += 1) saveModel(run, version);
  put(run, 'best_models/broken_v1_reward1.pt', 'x');
  put(run, 'best_models/broken_v1_reward1.json', '[');
  put(run, 'best_models/left\nover.tmp', '');
  put(run, 'SHA256SUMS', 'rubbish');
  return run;
}

test('reading a run once finds what the catalog finds', async () => {
  const run = newRun();
  const { versions, problems } = await readRun(run, config);
  const catalog = new Catalog(run, config);
  for (const _change of catalog.reconcile());
  const expected = catalog.entries().map((entry) => listVersion(entry, 'mean_reward'));
  expect(versions.sort(byId)).toEqual(expected.sort(byId));
  expect(problems.map(({ path }) => path).sort()).toEqual(catalog.problems.map(({ path }) => path).sort());
});

test.each([1, 2, 3, 7])('read in %i parts, every version and problem is in one of them', (of) => {
  const root = newRun();
  const read = (parts: number) =>
    Array.from({ length: parts }, (_all, index) => [...readShard({ root, config, index, of: parts })]).flat();
  const found = read(of);
  expect(found.flatMap(({ versions }) => versions).sort(byId)).toEqual(
    read(1)
      .flatMap(({ versions }) => versions)
      .sort(byId),
  );
  expect(found.flatMap(({ problems }) => problems)).toHaveLength(3);
});

test('a run that is gone is an error', async () => {
  await expect(readRun(join(temporaryFolder(), 'gone'), config)).rejects.toThrow('ENOENT');
});
