import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { sha256 } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { type ManagerOptions, ModelManager } from '../model-manager.ts';
import type { SaveRequest } from './save-request.ts';

const bytes = writeTorchZip([4]);
const others = writeTorchZip([40]);

function open(
  config: Partial<StorageConfig> = {},
  run = temporaryFolder(),
  options: ManagerOptions = {},
): ModelManager {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config, ...options });
  onTestFinished(() => manager.close());
  return manager;
}

const of = (data: Uint8Array, rest: Partial<SaveRequest> = {}): SaveRequest => ({
  source: { chunks: [data], size: data.length },
  reward: 0.5,
  ...rest,
});
const read = (manager: ModelManager, id: string) => readFileSync(join(manager.root, id));
const names = (manager: ModelManager, folder: string) => readdirSync(join(manager.root, folder)).sort();

test('bytes, a file and a stream of unknown length are saved alike', async () => {
  const manager = open();
  const file = put(temporaryFolder(), 'w.pt', bytes);
  const pieces = [bytes.subarray(0, 10), bytes.subarray(10)];
  const sources: SaveRequest['source'][] = [
    { chunks: [bytes], size: bytes.length },
    { path: file },
    { chunks: Readable.from(pieces), size: null },
  ];
  for (const source of sources) {
    const { id, checksum, size } = await manager.saveBestModel({ source, reward: 1 });
    expect([checksum, size]).toEqual([sha256(bytes), bytes.length]);
    expect(read(manager, id).equals(bytes)).toBe(true);
  }
});

test('a stream that breaks off leaves nothing behind', async () => {
  const manager = open();
  async function* broken() {
    yield bytes;
    throw new Error('the pipe broke');
  }
  const request = { source: { chunks: broken(), size: null }, reward: 1 };
  await expect(manager.saveBestModel(request)).rejects.toThrow('the pipe broke');
  expect(names(manager, 'best_models')).toEqual([]);
});

test('what was written is verified as it stands, without being read again', async () => {
  const manager = open();
  const { id } = await manager.saveBestModel(of(bytes));
  expect(manager.version(id)?.integrity).toMatchObject({ state: 'verified', actual: sha256(bytes) });
});

test('model_prefix, version_format and timestamp_format make the name, and numbers count on in it', async () => {
  const config = { model_prefix: 'agent', version_format: 'gen{version:03d}', timestamp_format: '%Y' };
  const manager = open({ ...config, save_metadata: false });
  const first = await manager.saveBestModel(of(bytes));
  const year = new Date().getFullYear();
  expect(basename(first.id)).toBe(`agent_gen001_reward0.5000_${year}.pt`);
  await manager.moveToTrash([first.id]);
  const second = await manager.saveBestModel(of(bytes));
  expect(basename(second.id)).toBe(`agent_gen002_reward0.5000_${year}.pt`);
});

test('best_models_dir, checkpoint_dir and checkpoint_name say where versions go', async () => {
  const config = { best_models_dir: 'top/models', checkpoint_dir: '.', checkpoint_name: 'resume.ckpt' };
  const manager = open(config);
  expect((await manager.saveBestModel(of(bytes))).id).toMatch(/^top\/models\/model_v0001_/);
  expect((await manager.saveCheckpoint(of(bytes))).id).toBe('resume.ckpt');
});

test('save_metadata: false writes no sidecar, and the checksum goes to SHA256SUMS', async () => {
  const manager = open({ save_metadata: false });
  const { id, checksum } = await manager.saveBestModel(of(bytes));
  expect(names(manager, 'best_models')).toEqual([basename(id)]);
  expect(readFileSync(join(manager.root, 'SHA256SUMS'), 'utf8')).toBe(`${checksum}  ${id}\n`);
  await manager.look();
  expect(manager.version(id)?.integrity.state).toBe('verified');
});

test('compression: gzip packs what unpacks to the same bytes', async () => {
  const manager = open({ compression: 'gzip' });
  const { id, checksum } = await manager.saveBestModel(of(bytes));
  expect(id).toMatch(/\.pt\.gz$/);
  expect(sha256(read(manager, id))).toBe(checksum);
  expect(gunzipSync(read(manager, id)).equals(bytes)).toBe(true);
});

test('backup_suffix names the backup; backup_before_overwrite: false makes none, and keeps nothing', async () => {
  const manager = open({ backup_suffix: '.old' });
  await manager.saveCheckpoint(of(bytes));
  await manager.saveCheckpoint(of(others));
  expect(read(manager, 'checkpoints/checkpoint.pt.old').equals(bytes)).toBe(true);
  const without = open({ backup_before_overwrite: false });
  await without.saveCheckpoint(of(bytes));
  await without.saveCheckpoint(of(others));
  expect(names(without, 'checkpoints')).toEqual(['checkpoint.json', 'checkpoint.pt']);
  expect((await without.listTrash()).operations).toEqual([]);
});

test('each backup that is replaced waits in the trash: no generation is lost', async () => {
  const manager = open();
  const generations = [1, 2, 3].map((count) => writeTorchZip([count]));
  for (const data of generations) await manager.saveCheckpoint(of(data));
  for (const data of generations.toReversed()) {
    expect(read(manager, 'checkpoints/checkpoint.pt').equals(data)).toBe(true);
    await manager.undo().catch(() => undefined);
  }
});

test('a file whose bytes are not those on record takes the place of no good backup', async () => {
  const manager = open();
  await manager.saveCheckpoint(of(bytes));
  await manager.saveCheckpoint(of(others));
  appendFileSync(join(manager.root, 'checkpoints/checkpoint.pt'), 'rot');
  const { warnings } = await manager.saveCheckpoint(of(writeTorchZip([7])));
  expect(warnings.join()).toContain('no longer matched its checksum');
  expect(read(manager, 'checkpoints/checkpoint.pt.backup').equals(bytes)).toBe(true);
});

test('Nothing foreign is touched: a file that another program writes while the save is under way is not overwritten', async () => {
  const run = temporaryFolder();
  const path = put(run, 'checkpoints/checkpoint.pt', bytes);
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (call.startsWith('create') && call.includes('.sidecar.json.')) writeFileSync(path, 'theirs');
  };
  const manager = open({}, run, { disk });
  await expect(manager.saveCheckpoint(of(others))).rejects.toThrow('changed on disk');
  expect(readFileSync(path, 'utf8')).toBe('theirs');
  expect(names(manager, 'checkpoints')).toEqual(['checkpoint.pt']);
});

test('without backup_before_overwrite what was replaced goes; not where whoever had it open has written to it since', async () => {
  const run = temporaryFolder();
  const path = put(run, 'checkpoints/checkpoint.pt', bytes);
  const theirs = openSync(path, 'r+');
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (call.endsWith('/manifest.json')) writeSync(theirs, 'theirs', 0);
  };
  const manager = open({ backup_before_overwrite: false }, run, { disk });
  const { warnings } = await manager.saveCheckpoint(of(others));
  disk.before = () => undefined;
  closeSync(theirs);
  expect(warnings).toEqual([expect.stringMatching(/^what it replaced waits in the trash: another program/)]);
  await manager.undo();
  expect(readFileSync(path, 'utf8')).toMatch(/^theirs/);
});

test('bytes of no known kind are saved and said; strict_mode refuses them', async () => {
  const data = Buffer.from('just some bytes, of no format at all');
  const { id, warnings } = await open().saveBestModel(of(data));
  expect(id).toBeTruthy();
  expect(warnings).toEqual([expect.stringContaining('not recognised as a whole checkpoint')]);
  const strict = open({ strict_mode: true });
  await expect(strict.saveBestModel(of(data))).rejects.toThrow('strict_mode is on');
  expect(names(strict, 'best_models')).toEqual([]);
});

test('a config that cannot be used as it stands is said; strict_mode makes it an error that names key, value and file', async () => {
  for (const strict of [false, true]) {
    const run = temporaryFolder();
    put(run, '.hydra/config.yaml', `storage: {compression: zip, strict_mode: ${strict}, model_prefix: m}`);
    const manager = new ModelManager(run, { appData: temporaryFolder() });
    expect(manager.problems).toEqual([
      { path: '.hydra/config.yaml', problem: expect.stringMatching(/^compression: zip cannot be used/) },
    ]);
    const saved = manager.saveBestModel(of(bytes));
    if (strict)
      await expect(saved).rejects.toThrow(/^nothing is saved — \.hydra\/config\.yaml: compression: zip /);
    else expect((await saved).id).toBeTruthy();
  }
});

test('a disk that runs low is said while there is still room, and one that is full refuses before it writes', async () => {
  const free = (bytesFree: number) => ({ disk: { ...realDisk, freeSpace: async () => bytesFree } });
  const low = await open({}, undefined, free(4e6)).saveBestModel(of(bytes));
  expect(low.warnings).toEqual(['the disk is running low: there is room for 3 more saves of this size']);
  const full = open({}, undefined, free(1000));
  await expect(full.saveBestModel(of(bytes))).rejects.toThrow(
    /^no space for this save — it needs [\d,]{3,5} bytes and 1 MiB beside them, 1,000 are free/,
  );
  expect(names(full, 'best_models')).toEqual([]);
  const silent = { disk: { ...realDisk, freeSpace: () => Promise.reject(new Error('ENOSYS')) } };
  expect((await open({}, undefined, silent).saveBestModel(of(bytes))).warnings).toEqual([]);
});

test('cleanup_temp_on_exit: false leaves what a failed save wrote, for a look at it', async () => {
  for (const clean of [true, false]) {
    const run = temporaryFolder();
    put(run, 'checkpoints/checkpoint.json/x', 'a folder in the way');
    const manager = open({ cleanup_temp_on_exit: clean }, run);
    await expect(manager.saveCheckpoint(of(bytes))).rejects.toThrow('not a file');
    const left = names(manager, 'checkpoints').some((name) => name.endsWith('.tmp'));
    expect(left).toBe(!clean);
  }
});

test('a name without an ending gets the one that the reference gives', async () => {
  const manager = open({ checkpoint_name: 'resume' });
  const saved = async (name: string) => (await manager.saveCheckpoint(of(bytes, { name }))).id;
  expect(await saved('hello')).toBe('checkpoints/hello.pt');
  expect(await saved('other.ckpt')).toBe('checkpoints/other.ckpt');
  expect(await saved('resume')).toBe('checkpoints/resume');
  const packed = open({ compression: 'gzip' });
  expect((await packed.saveCheckpoint(of(bytes, { name: 'hello' }))).id).toBe('checkpoints/hello.pt.gz');
});

test('a metric that is a float stays one where it is whole, and a long number keeps its digits', async () => {
  const manager = open();
  const metrics = { f: 1, i: 1, long: 12_345_678_901_234_567_890n };
  const { id } = await manager.saveBestModel(of(bytes, { metrics, floatMetrics: ['f'] }));
  const text = read(manager, id.replace('.pt', '.json')).toString();
  expect(text).toMatch(/"f": 1\.0,\s+"i": 1,\s+"long": 12345678901234567890\s/);
});

test.each(['../x.pt', 'a/b.pt', '', '.hidden.pt', 'a\nb.pt', 'x.exe', `${'x'.repeat(200)}.pt`])(
  'a name that is none is refused with everything as it was: %j',
  async (name) => {
    const manager = open();
    await expect(manager.saveCheckpoint(of(bytes, { name }))).rejects.toThrow(
      /cannot be the name of a version/,
    );
    expect(existsSync(join(manager.root, 'checkpoints'))).toBe(false);
  },
);

test('a name that the config makes and that is none is refused with the keys that it is made of', async () => {
  const long = open({ model_prefix: 'x'.repeat(190) });
  await expect(long.saveBestModel(of(bytes))).rejects.toThrow(
    "— it is longer than 200 bytes — it is made of model_prefix, version_format and timestamp_format in the run's config: correct it there",
  );
  const other = open({ checkpoint_name: 'model_meta.pt' });
  await expect(other.saveCheckpoint(of(bytes))).rejects.toThrow(
    "— its sidecar would pass for that of model — it is made of checkpoint_name in the run's config",
  );
});

test('a folder or a link that has the name is refused before anything is written', async () => {
  const run = temporaryFolder();
  put(run, 'checkpoints/folder.pt/x', 'a folder');
  symlinkSync('/etc/hostname', join(run, 'checkpoints/link.pt'));
  const manager = open({}, run);
  for (const name of ['folder.pt', 'link.pt'])
    await expect(manager.saveCheckpoint(of(bytes, { name }))).rejects.toThrow(
      `checkpoints/${name} is not a file — it cannot be replaced`,
    );
  expect(names(manager, 'checkpoints')).toEqual(['folder.pt', 'link.pt']);
});

const modeOf = (manager: ModelManager, name: string) =>
  (statSync(join(manager.root, 'checkpoints', name)).mode & 0o777).toString(8);

async function saveFrom(manager: ModelManager, mode: number | null): Promise<string[]> {
  if (mode === null) await manager.saveCheckpoint(of(bytes));
  else {
    const path = put(temporaryFolder(), 'w.pt', bytes);
    chmodSync(path, mode);
    await manager.saveCheckpoint({ source: { path }, reward: 1 });
  }
  return ['checkpoint.pt', 'checkpoint.json'].map((name) => modeOf(manager, name));
}

test.skipIf(process.platform === 'win32').each([true, false])(
  'a model has the mode of its source, its sidecar too; bytes of no file what the umask gives; atomic_saves: %s',
  async (atomic_saves) => {
    for (const mode of [0o600, 0o640, 0o644])
      expect(await saveFrom(open({ atomic_saves }), mode)).toEqual([mode.toString(8), mode.toString(8)]);
    expect(await saveFrom(open({ atomic_saves }), 0o755)).toEqual(['755', '644']);
    const usual = (0o644 & ~process.umask()).toString(8);
    expect(await saveFrom(open({ atomic_saves }), null)).toEqual([usual, usual]);
  },
);

test.skipIf(process.platform === 'win32').each([true, false])(
  'an overwriting save lets nobody in who was not let in before, by the file or by its source; atomic_saves: %s',
  async (atomic_saves) => {
    const manager = open({ atomic_saves });
    await saveFrom(manager, 0o664);
    expect(await saveFrom(manager, null)).toEqual(['664', '664']);
    expect(await saveFrom(manager, 0o640)).toEqual(['640', '664']);
    chmodSync(join(manager.root, 'checkpoints/checkpoint.json'), 0o600);
    expect(await saveFrom(manager, 0o644)).toEqual(['640', '600']);
    expect(modeOf(manager, 'checkpoint.pt.backup')).toBe('640');
    await manager.undo();
    expect(modeOf(manager, 'checkpoint.pt')).toBe('640');
  },
);
