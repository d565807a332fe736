import { appendFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { nextVersion } from './next-version.ts';

function next(names: string[], config = {}, known = 0): Promise<number> {
  const run = temporaryFolder();
  for (const name of names) put(run, name, 'x');
  return nextVersion(realDisk, run, { ...defaultStorageConfig, ...config }, known);
}

test.each([
  ['an empty run begins with 1', [], 1],
  [
    'the highest name counts, not the last',
    ['best_models/model_v0009_reward1.0000_x.pt', 'best_models/model_v0002_a.pt'],
    10,
  ],
  ['numbers pass 9999', ['best_models/model_v10000_reward1.0000_x.pt'], 10_001],
  [
    'a sidecar or a backup without its model keeps its number',
    ['best_models/model_v0004_a.json', 'best_models/model_v0005_a.pt.backup'],
    6,
  ],
  ['an oldest-generation name in the run itself counts', ['model_v3_meta.json'], 4],
  ['a packed name counts', ['best_models/model_v0006_a.pt.gz'], 7],
])('%s', async (_what, names, expected) => {
  expect(await next(names)).toBe(expected);
});

test('a number in the trash is not given again', async () => {
  const run = temporaryFolder();
  const id = 'best_models/model_v0007_a.pt';
  put(run, id, 'x');
  const at = '2026-01-02T03:04:05.000Z';
  const draft = { format: 1, id: 'prune-1', number: 1, kind: 'prune', at, automatic: false } as const;
  await moveToTrash({ disk: realDisk, root: run }, { ...draft, who: 'a test', reason: 'a test' }, [
    { id, files: [id] },
  ]);
  expect(await nextVersion(realDisk, run, defaultStorageConfig, 0)).toBe(8);
});

test('a number that only a sidecar tells counts', async () => {
  expect(await next(['best_models/a.pt'], {}, 41)).toBe(42);
});

test.each([
  ['v{version:x}', 'model_vc_reward1.0000_x.pt'],
  ['v{version:#04x}', 'model_v0x0c_reward1.0000_x.pt'],
  ['v{version:03X}', 'model_v00C_reward1.0000_x.pt'],
  ['v{version:b}', 'model_v1100_reward1.0000_x.pt'],
  ['v{version:o}', 'model_v14_reward1.0000_x.pt'],
  ['v{version:06,}', 'model_v00,012_reward1.0000_x.pt'],
  ['gen{version:03d}', 'model_gen012_reward1.0000_x.pt'],
  ['{version}', 'model_12_reward1.0000_x.pt'],
  ['r{version:>6}x', 'model_r    12x_reward1.0000_x.pt'],
])('a number in the config’s own format %s counts', async (version_format, name) => {
  expect(await next([`best_models/${name}`], { version_format })).toBe(13);
});

function managerOf(run: string): ModelManager {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  return manager;
}

const bytes = Buffer.from('others');
const source = { chunks: [bytes], size: bytes.length };

test.each(['as it is', 'moved away'])(
  'a number that only a backup of the run has is not given again; its log is %s',
  async (log) => {
    const run = temporaryFolder();
    const ids = [1, 2].map((number) => saveModel(run, number));
    const manager = managerOf(run);
    await manager.look();
    const { manifest } = await manager.backups.create(new Set(ids));
    await manager.moveToTrash([ids[1] ?? '']);
    await manager.emptyTrash();
    if (log === 'moved away') rmSync(join(run, '.cairn/log.jsonl'));
    const saved = await manager.saveBestModel({ source, reward: 9 });
    expect(saved.version).toBe(3);
    await manager.backups.restore(manifest.id, null);
    await manager.look();
    expect(
      manager
        .versions()
        .map(({ version }) => version)
        .sort(),
    ).toEqual([1, 2, 3]);
  },
);

test('a number that only a backup elsewhere has is not given again, also while that is not mounted', async () => {
  const run = temporaryFolder();
  const ids = [1, 2].map((number) => saveModel(run, number));
  const manager = managerOf(run);
  await manager.look();
  const elsewhere = join(temporaryFolder(), 'store');
  const { manifest } = await manager.backups.create(new Set(ids), { to: elsewhere });
  await manager.moveToTrash([ids[1] ?? '']);
  await manager.emptyTrash();
  renameSync(elsewhere, `${elsewhere}-away`);
  expect((await manager.saveBestModel({ source, reward: 9 })).version).toBe(3);
  renameSync(`${elsewhere}-away`, elsewhere);
  await manager.backups.restore(manifest.id, null);
  await manager.look();
  expect(Array.from(manager.versions(), ({ version }) => version).sort()).toEqual([1, 2, 3]);
});

test.each([
  ['its name tells', undefined],
  ['only its sidecar told', 'mine.pt'],
])(
  'a number that was given is not given again once its version is gone for good, where %s',
  async (_which, name) => {
    const run = temporaryFolder();
    const first = await managerOf(run).saveBestModel({ source, reward: 9, ...(name ? { name } : {}) });
    expect(first.version).toBe(1);
    rmSync(join(run, 'best_models'), { recursive: true });
    expect((await managerOf(run).saveBestModel({ source, reward: 9 })).version).toBe(2);
  },
);

test('of a long log what was done last tells which number was given last', async () => {
  const run = temporaryFolder();
  await managerOf(run).saveBestModel({ source, reward: 9, name: 'mine.pt' });
  const line = JSON.stringify({
    at: 'x',
    command: 'pin',
    who: 'x',
    ids: ['mine.pt'],
    seconds: 0,
    result: 'done',
  });
  appendFileSync(join(run, '.cairn/log.jsonl'), `${line}\n`.repeat(5000));
  rmSync(join(run, 'best_models'), { recursive: true });
  expect(await nextVersion(realDisk, run, defaultStorageConfig, 0)).toBe(2);
});
