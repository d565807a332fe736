import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Catalog } from './catalog.ts';
import { filesOfListed, type KnownVersions } from './known-versions.ts';
import { listVersion } from './listed-version.ts';
import { saveModel } from './run.fixture.ts';

test('a checksum that is put on record later, or taken back, is taken in with the next look', () => {
  const run = temporaryFolder();
  const catalog = new Catalog(run, defaultStorageConfig);
  const next = () =>
    [...catalog.reconcile()].flatMap(({ changed }) => changed.map(({ record }) => record.checksum));
  put(run, 'checkpoints/checkpoint.pt', 'abc');
  put(run, 'checkpoints/other.pt', 'abc');
  expect(next()).toEqual([null, null]);
  put(run, 'SHA256SUMS', `${'a'.repeat(64)}  checkpoints/checkpoint.pt\n`);
  expect(next()).toEqual(['a'.repeat(64)]);
  put(run, 'SHA256SUMS', '');
  expect(next()).toEqual([null]);
  expect(next()).toEqual([]);
});

describe('versions that were read before', () => {
  /** Of which files the versions of these ids are. */
  function filesIn(run: string, ids: readonly string[]): string[] {
    const entries = [...new Catalog(run, defaultStorageConfig).reconcile()].flatMap(({ changed }) => changed);
    const byId = new Map(
      entries.map((entry) => [entry.record.id, filesOfListed(listVersion(entry, 'reward'))]),
    );
    return ids.map((id) => byId.get(id) ?? '');
  }

  /** What a first look tells of a run of which these ids are known. */
  function lookKnowing(run: string, known: Partial<KnownVersions>) {
    const later = Date.now() + 60_000;
    const { ids = [], files = filesIn(run, ids) } = known;
    const catalog = new Catalog(run, defaultStorageConfig, { at: later, doubtful: [], ...known, ids, files });
    const changes = [...catalog.reconcile()];
    const changed = changes.flatMap((change) => change.changed.map(({ record }) => record.id)).sort();
    return { catalog, changed, removed: changes.flatMap(({ removed }) => removed) };
  }

  test('are not told of again, nor read, unless they are doubtful or were touched since', () => {
    const run = temporaryFolder();
    const ids = [1, 2, 3].map((version) => saveModel(run, version));
    expect(lookKnowing(run, { ids })).toMatchObject({ changed: [], removed: [] });
    expect(lookKnowing(run, { ids, doubtful: ids.slice(0, 1) }).changed).toEqual(ids.slice(0, 1));
    expect(lookKnowing(run, { ids, at: Date.now() - 60_000 }).changed).toEqual(ids);
    expect(lookKnowing(run, { ids: ids.slice(1) }).changed).toEqual(ids.slice(0, 1));
  });

  test.each([
    ['checkpoints/a.pt', 'checkpoints/a.json'],
    ['checkpoints/a.pt', 'checkpoints/a.pt.backup'],
    ['ppo_100_steps.zip', 'ppo_vecnormalize_100_steps.pkl'],
  ])('are read again where what belonged to %s went meanwhile: %s', (id, beside) => {
    const run = temporaryFolder();
    const ids = [saveModel(run, 1), id];
    put(run, id, 'abc');
    put(run, beside, '{"reward": 1}');
    const files = filesIn(run, ids);
    expect(lookKnowing(run, { ids, files }).changed).toEqual([]);
    rmSync(join(run, beside));
    expect(lookKnowing(run, { ids, files }).changed).toEqual([id]);
  });

  test('are told to be gone when they are', () => {
    const run = temporaryFolder();
    const ids = [saveModel(run, 1), 'best_models/gone_v2_reward1.pt'];
    expect(lookKnowing(run, { ids })).toMatchObject({ changed: [], removed: ids.slice(1) });
  });

  test('are followed from then on like any other', () => {
    const run = temporaryFolder();
    const id = saveModel(run, 1);
    const { catalog } = lookKnowing(run, { ids: [id] });
    put(run, id, 'changed');
    expect([...catalog.reconcile()].flatMap(({ changed }) => changed.map(({ record }) => record.id))).toEqual(
      [id],
    );
  });

  test('are read again where the run lists checksums, or something beside them is no plain file', () => {
    const run = temporaryFolder();
    const ids = [1, 2].map((version) => saveModel(run, version)) as [string, string];
    put(run, 'SHA256SUMS', `${'ab'.repeat(32)}  ${ids[0]}\n`);
    symlinkSync('elsewhere', join(run, ids[1].replace('.pt', '.ckpt')));
    expect(lookKnowing(run, { ids }).changed).toEqual(ids);
  });
});
