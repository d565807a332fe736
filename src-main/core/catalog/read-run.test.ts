import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Catalog } from './catalog.ts';
import { comparableVersion } from './comparable-version.fixture.ts';
import { listRun, partsOf } from './list-run.ts';
import { type ListedVersion, listVersion } from './listed-version.ts';
import { packNames, packReading, unpackNames, unpackReading } from './packed-reading.ts';
import { type Reading, readNames } from './read-names.ts';
import { isLargeRun, readRun } from './read-run.ts';
import { saveModel } from './run.fixture.ts';

const config = defaultStorageConfig;
let cache: string;

beforeEach(() => {
  cache = join(temporaryFolder(), 'cache');
  for (const name of ['XDG_CACHE_HOME', 'HOME', 'LOCALAPPDATA']) vi.stubEnv(name, cache);
  return () => vi.unstubAllEnvs();
});

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
  const { problems, kept } = await readRun(run, config, (reading) => {
    versions.push(...reading.versions);
  });
  await kept;
  return { versions: versions.sort(byId), problems };
}

test('reading a run once finds what the catalog finds', async () => {
  const run = newRun();
  const { versions, problems } = await read(run);
  const catalog = new Catalog(run, config);
  for (const _change of catalog.reconcile());
  const expected = catalog.entries().map((entry) => listVersion(entry, 'mean_reward'));
  expect(versions.map(comparableVersion)).toEqual(expected.sort(byId).map(comparableVersion));
  expect(problems.map(({ path }) => path).sort()).toEqual(catalog.problems.map(({ path }) => path).sort());
});

test.each([1, 2, 3, 7])(
  'divided among %i threads, every version and problem comes from one of them',
  (count) => {
    const root = newRun();
    const { checksums, folders } = listRun(root, config);
    const parts = [...folders].flatMap((names) => partsOf(names, count));
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
        .map(comparableVersion);
    expect(versionsOf(back)).toEqual(versionsOf(whole));
    expect(back.flatMap(({ problems }) => problems)).toHaveLength(2);
  },
);

test('a run large enough for threads is the same run: at first, later, where nothing can be kept, with checksums', async () => {
  const run = temporaryFolder();
  const names = Array.from({ length: 12_000 }, (_, index) => `checkpoints/${'long-'.repeat(8)}${index}`);
  mkdirSync(join(run, 'checkpoints'));
  for (const name of names) writeFileSync(join(run, `${name}.pt`), 'x');
  const first = await read(run);
  expect(first.versions.map(({ id }) => id)).toEqual(names.map((name) => `${name}.pt`).sort());
  expect(readdirSync(cache, { recursive: true }).length).toBeGreaterThan(0);
  const versions = async () => (await read(run)).versions.map(comparableVersion);
  expect(await versions()).toEqual(first.versions.map(comparableVersion));
  rmSync(cache, { recursive: true });
  writeFileSync(cache, 'not a folder');
  expect(await versions()).toEqual(first.versions.map(comparableVersion));
  rmSync(cache);
  const [{ id = '' } = {}] = first.versions;
  put(run, 'SHA256SUMS', `${'ab'.repeat(32)}  ${id}\n`);
  expect((await versions())[0]).toMatchObject({ id, checksum: 'ab'.repeat(32) });
  // What a list of checksums says can change without the files: no index answers for it.
  expect(existsSync(cache)).toBe(false);
});

test('a run of many names is large, however little its folders say they take', () => {
  const run = temporaryFolder();
  mkdirSync(join(run, 'checkpoints'));
  const add = (from: number, to: number) => {
    for (let index = from; index < to; index += 1) writeFileSync(join(run, `checkpoints/${index}.pt`), '');
  };
  add(0, 9_999);
  expect(isLargeRun(run, defaultStorageConfig)).toBe(false);
  add(9_999, 10_000);
  expect(isLargeRun(run, defaultStorageConfig)).toBe(true);
});

test('of a small run nothing is kept', async () => {
  await read(newRun());
  expect(existsSync(cache)).toBe(false);
});

test('a run that is gone is an error', async () => {
  await expect(read(join(temporaryFolder(), 'gone'))).rejects.toThrow('ENOENT');
});

test('another name of a version is no problem in a run that is read once', async () => {
  const run = temporaryFolder();
  const id = saveModel(run, 1);
  symlinkSync(join(run, id), join(run, 'best_models/last.pt'));
  const { problems } = await readRun(run, config, () => undefined);
  expect(problems).toEqual([]);
});
