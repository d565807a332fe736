import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Integrity } from '../../../shared/model/integrity.ts';
import { defaultStorageConfig, type StorageConfig } from '../../../shared/model/storage-config.ts';
import type { VersionRecord } from '../../../shared/model/version.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { Catalog } from './catalog.ts';
import { saveModel, sha256 } from './run.fixture.ts';

function look(run: string, config: Partial<StorageConfig> = {}) {
  const catalog = new Catalog(run, { ...defaultStorageConfig, ...config });
  const versions = [...catalog.reconcile()].flatMap(({ changed }) =>
    changed.map(({ record, integrity }) => ({ ...record, integrity })),
  );
  return {
    versions,
    problems: catalog.problems,
    byId: new Map(versions.map((version) => [version.id, version])),
  };
}

/** The only version of a run. */
function only(run: string): VersionRecord & { integrity: Integrity } {
  const { versions } = look(run);
  expect(versions).toHaveLength(1);
  return versions[0] as VersionRecord & { integrity: Integrity };
}

describe('a model of each generation is listed', () => {
  test('the typed one, with everything its sidecar says', () => {
    const run = temporaryFolder();
    const state = { global_step: 500, global_episode: 20, best_reward: -Infinity };
    const id = saveModel(run, 7, {
      reward: 0.95,
      sidecar: {
        metrics: { sharpe: '<NaN>' },
        training_state: { ...state, best_reward: '<NaN>' },
        symbol: 'ES',
        tags: ['a'],
        notes: 'n',
        timestamp: '2024-01-01T12:30:00',
        file_path: '/gone/away.pt',
      },
    });
    expect(only(run)).toMatchObject({
      id,
      kind: 'best',
      version: 7,
      reward: 0.95,
      metrics: { sharpe: Number.NaN },
      step: 500,
      episode: 20,
      symbol: 'ES',
      tags: ['a'],
      notes: 'n',
      timestamp: '2024-01-01T12:30:00',
      checksum: sha256(writeTorchZip([7])),
      metadata_source: 'sidecar',
      integrity: { state: 'unverified' },
      problems: [],
    });
  });

  test('the simple one, without checksum', () => {
    const run = temporaryFolder();
    put(run, 'best_models/model_v0003_reward0.5000_20240101_123000.pt', 'abc');
    put(
      run,
      'best_models/model_v0003_reward0.5000_20240101_123000.json',
      '{"version": 3, "timestamp": "20240101_123000", "reward": 0.5, "metrics": {}, "source": "/x", "file_size": 3}',
    );
    expect(only(run)).toMatchObject({
      version: 3,
      timestamp: '20240101_123000',
      checksum: null,
      integrity: { state: 'unsealed' },
    });
  });

  test('the oldest one, with its _meta.json, and its checkpoint in the run itself', () => {
    const run = temporaryFolder();
    put(run, 'best_models/model_v2_reward1.5_20240101_123000.pt', 'abc');
    put(
      run,
      'best_models/model_v2_reward1.5_20240101_123000_meta.json',
      '{"version": 2, "reward": 1.5, "source": "x"}',
    );
    put(run, 'checkpoint.pt', 'abc');
    const { byId } = look(run);
    expect(byId.get('best_models/model_v2_reward1.5_20240101_123000.pt')).toMatchObject({
      version: 2,
      kind: 'best',
      metadata_source: 'sidecar',
    });
    expect(byId.get('checkpoint.pt')).toMatchObject({
      kind: 'checkpoint',
      version: null,
      metadata_source: 'none',
    });
  });

  test('one without a sidecar, by its name', () => {
    const run = temporaryFolder();
    saveModel(run, 10_001, { reward: -0.25, sidecar: null, elements: 3 });
    expect(only(run)).toMatchObject({
      version: 10_001,
      reward: -0.25,
      metadata_source: 'file_name',
      integrity: { state: 'unsealed' },
    });
  });

  test.each(['[]', '{"version": 1,', '{"metrics": 7}'])('one whose sidecar is %s, which it says', (text) => {
    const run = temporaryFolder();
    const id = saveModel(run, 4);
    put(run, id.replace('.pt', '.json'), text);
    const { versions, problems } = look(run);
    expect(versions).toMatchObject([{ version: 4, problems: [expect.stringContaining('its sidecar')] }]);
    expect(problems).toEqual([{ path: id, problem: expect.stringContaining('its sidecar') }]);
  });
});

describe('the first look, which opens no model file, says of one', () => {
  test('a mismatch, when its size is not the recorded one', () => {
    const run = temporaryFolder();
    saveModel(run, 1, { sidecar: { file_size_bytes: 49_317 } });
    expect(only(run).integrity).toMatchObject({
      state: 'mismatch',
      cause: 'changed',
      detail: expect.stringContaining(' of 49,317 bytes'),
    });
  });

  test('torn, when it is empty', () => {
    const run = temporaryFolder();
    writeFileSync(join(run, saveModel(run, 1)), '');
    expect(only(run).integrity.state).toBe('torn');
  });

  test('missing, when only its sidecar is there', () => {
    const run = temporaryFolder();
    const id = saveModel(run, 1);
    execFileSync('rm', [join(run, id)]);
    expect(only(run)).toMatchObject({ id, integrity: { state: 'missing' }, file_size_bytes: 0 });
    expect(look(run).problems).toEqual([
      { path: id.replace('.pt', '.json'), problem: 'a sidecar without its model file' },
    ]);
  });

  test('unverified against a listed checksum, where the sidecar has none', () => {
    const run = temporaryFolder();
    put(run, 'checkpoints/checkpoint.pt', 'abc');
    put(run, 'SHA256SUMS', `${'a'.repeat(64)}  checkpoints/checkpoint.pt\n`);
    expect(only(run)).toMatchObject({
      checksum: 'a'.repeat(64),
      integrity: { state: 'unverified', expected: 'a'.repeat(64) },
    });
  });
});

describe('what is no version is no row', () => {
  test('leftovers are said to be that, backups are counted, other files are nobody’s business', () => {
    const run = temporaryFolder();
    const id = saveModel(run, 1);
    for (const name of [
      `${id}.backup`,
      `${id}.tmp`,
      'temp/model.pt.tmp',
      'temp/model.pt',
      'checkpoints/old.pt.backup',
      'best_models/events.log',
      '.cairn/x.pt',
      'train.log',
    ])
      put(run, name, 'x');
    const { versions, problems } = look(run);
    expect(versions.map(({ backups }) => backups)).toEqual([1]);
    expect(problems.map(({ path }) => path).sort()).toEqual(
      [`${id}.tmp`, 'checkpoints/old.pt.backup', 'temp/model.pt', 'temp/model.pt.tmp'].sort(),
    );
  });

  test('pipes, links and folders with a model’s name are not opened and not followed; another name of a version is no problem', () => {
    const run = temporaryFolder();
    const id = saveModel(run, 1);
    execFileSync('mkfifo', [join(run, 'best_models/pipe.pt')]);
    symlinkSync(join(run, id), join(run, 'best_models/latest.pt'));
    symlinkSync('loop.pt', join(run, 'best_models/loop.pt'));
    mkdirSync(join(run, 'best_models/folder.pt'));
    const { versions, problems } = look(run);
    expect(versions.map((version) => version.id)).toEqual([id]);
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'best_models/folder.pt',
      'best_models/loop.pt',
      'best_models/pipe.pt',
    ]);
  });

  test('a link is told by what it leads to now, though nobody touched it', () => {
    const run = join(temporaryFolder(), 'run');
    saveModel(run, 1);
    symlinkSync('../../elsewhere.pt', join(run, 'best_models/link.pt'));
    const catalog = new Catalog(run, defaultStorageConfig);
    const told = () => catalog.problems.map(({ problem }) => problem).join();
    [...catalog.reconcile()];
    expect(told()).toContain('where nothing is');
    writeFileSync(join(run, '../elsewhere.pt'), '');
    expect(told()).toContain('outside the run');
  });

  test('another name of a version is a problem once that is gone', () => {
    const run = temporaryFolder();
    const id = saveModel(run, 1);
    symlinkSync(join(run, id), join(run, 'best_models/last.pt'));
    const catalog = new Catalog(run, defaultStorageConfig);
    [...catalog.reconcile()];
    expect(catalog.problems).toEqual([]);
    rmSync(join(run, id));
    expect(catalog.problems).toEqual([
      { path: 'best_models/last.pt', problem: expect.stringContaining('where nothing is') },
    ]);
  });

  test.each(['link', 'deep/link'])(
    'a folder that is reached by a link (%s) is said and not entered',
    (name) => {
      const [run, elsewhere] = [temporaryFolder(), temporaryFolder()];
      saveModel(elsewhere, 1, { folder: 'models' });
      mkdirSync(join(run, 'deep'));
      symlinkSync(elsewhere, join(run, name));
      const { versions, problems } = look(run, { best_models_dir: `${name}/models` });
      expect(versions).toEqual([]);
      expect(problems).toEqual([
        { path: `${name}/models`, problem: expect.stringContaining('symbolic link') },
      ]);
    },
  );
});

test('hostile names are versions like any other, and text in a problem stays one line', () => {
  const run = temporaryFolder();
  const names = [
    'a\nb.pt',
    '"quoted".pt',
    '<img src=x>.pt',
    '\u202eabc.pt',
    `${'x'.repeat(252)}.pt`,
    '__proto__.pt',
    'constructor.pt',
  ];
  for (const name of names) put(run, `best_models/${name}`, 'x');
  put(run, 'best_models/a\nb.json', '[]');
  const { versions, problems } = look(run);
  expect(versions.map(({ id }) => id).sort()).toEqual(names.map((name) => `best_models/${name}`).sort());
  expect(problems.map(({ path }) => path)).toEqual(['best_models/a\\u000ab.pt']);
});

test('a name that is not valid UTF-8 is said, and harms nothing else', () => {
  const run = temporaryFolder();
  const id = saveModel(run, 1);
  writeFileSync(
    Buffer.concat([Buffer.from(`${run}/best_models/`), Buffer.from([0xff, 0xfe]), Buffer.from('.pt')]),
    'x',
  );
  const { versions, problems } = look(run);
  expect(versions.map((version) => version.id)).toEqual([id]);
  expect(problems).toEqual([
    { path: 'best_models/\\ufffd\\ufffd.pt', problem: expect.stringContaining('not valid UTF-8') },
  ]);
});

test('where one folder has two purposes, names tell the kinds apart', () => {
  const run = temporaryFolder();
  saveModel(run, 1, { folder: 'models' });
  put(run, 'models/checkpoint.pt', 'x');
  const { versions } = look(run, { best_models_dir: 'models', checkpoint_dir: './models/' });
  expect(versions.map(({ kind }) => kind).sort()).toEqual(['best', 'checkpoint']);
});

test('a run folder that is gone is an error, an empty one is not', () => {
  const run = temporaryFolder();
  expect(look(run)).toMatchObject({ versions: [], problems: [] });
  expect(() => look(join(run, 'gone'))).toThrow('ENOENT');
});

test('a backup counts for the one file that it is a copy of', () => {
  const run = temporaryFolder();
  for (const name of ['a.pt', 'a.pt.gz', 'a.pt.gz.backup']) put(run, `checkpoints/${name}`, 'x');
  const { byId } = look(run);
  expect(byId.get('checkpoints/a.pt')?.backups).toBe(0);
  expect(byId.get('checkpoints/a.pt.gz')?.backups).toBe(1);
});

test('a checkpoint is listed under whatever name the config gives it', () => {
  const run = temporaryFolder();
  for (const name of ['last.bin', 'last.bin.backup', 'other.bin']) put(run, `checkpoints/${name}`, 'x');
  put(run, 'checkpoints/last.json', '{"version": 3}');
  const { versions } = look(run, { checkpoint_name: 'last.bin' });
  expect(versions).toMatchObject([{ id: 'checkpoints/last.bin', version: 3, backups: 1 }]);
});

test('a hint at what cannot be looked at is borne', () => {
  const [root, folder] = [temporaryFolder(), 'loop/models'];
  symlinkSync('loop', join(root, 'loop'));
  const catalog = new Catalog(root, { ...defaultStorageConfig, best_models_dir: folder });
  expect(catalog.refresh([`${folder}/a.pt`])).toEqual({ changed: [], removed: [] });
});
