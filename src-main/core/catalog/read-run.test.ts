import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { comparable } from '../../../shared/model/metric-values.fixture.ts';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Catalog } from './catalog.ts';
import { divideNames, listRun } from './list-run.ts';
import { type ListedVersion, listVersion } from './listed-version.ts';
import { packNames, packReading, unpackNames, unpackReading } from './packed-reading.ts';
import { type Reading, readNames } from './read-names.ts';
import { readRun } from './read-run.ts';
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

async function read(run: string): Promise<Reading> {
  const versions: ListedVersion[] = [];
  const { problems } = await readRun(run, config, (reading) => versions.push(...reading.versions));
  return { versions: versions.sort(byId), problems };
}

test('reading a run once finds what the catalog finds', async () => {
  const run = newRun();
  const { versions, problems } = await read(run);
  const catalog = new Catalog(run, config);
  for (const _change of catalog.reconcile());
  const expected = catalog.entries().map((entry) => listVersion(entry, 'mean_reward'));
  expect(versions.map(comparable)).toEqual(expected.sort(byId).map(comparable));
  expect(problems.map(({ path }) => path).sort()).toEqual(catalog.problems.map(({ path }) => path).sort());
});

test.each([1, 2, 3, 7])(
  'divided among %i threads, every version and problem comes from one of them',
  (count) => {
    const root = newRun();
    const { checksums, folders } = listRun(root, config);
    const parts = [...folders].flatMap((names) => divideNames(names, config, count));
    const packed = parts.map((part) => unpackNames(structuredClone(packNames(part))));
    const readings = packed.flatMap((part) => [
      ...readNames(part, { root, config, checksums, withTexts: true }),
    ]);
    const back = readings.map((reading) => unpackReading(structuredClone(packReading(reading))));
    const whole = [...listRun(root, config).folders].flatMap((names) => [
      ...readNames(names, { root, config, checksums, withTexts: true }),
    ]);
    const versionsOf = (some: readonly Reading[]) =>
      some
        .flatMap(({ versions }) => versions)
        .sort(byId)
        .map(comparable);
    expect(versionsOf(back)).toEqual(versionsOf(whole));
    expect(back.flatMap(({ problems }) => problems)).toHaveLength(2);
  },
);

test('a run large enough for threads is the same run', async () => {
  const run = temporaryFolder();
  const names = Array.from({ length: 12_000 }, (_, index) => `checkpoints/${'long-'.repeat(8)}${index}`);
  mkdirSync(join(run, 'checkpoints'));
  for (const name of names) writeFileSync(join(run, `${name}.pt`), 'x');
  const { versions } = await read(run);
  expect(versions.map(({ id }) => id)).toEqual(names.map((name) => `${name}.pt`).sort());
}, 20_000);

test('a run that is gone is an error', async () => {
  await expect(read(join(temporaryFolder(), 'gone'))).rejects.toThrow('ENOENT');
});
