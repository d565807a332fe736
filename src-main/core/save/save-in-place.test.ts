import { linkSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { sha256 } from '../catalog/run.fixture.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import type { SaveRequest } from './save-request.ts';

const first = writeTorchZip([4]);
const second = writeTorchZip([40]);
const id = 'checkpoints/checkpoint.pt';

function open(config: Partial<StorageConfig> = {}, disk: Disk = realDisk): ModelManager {
  const manager = new ModelManager(temporaryFolder(), {
    disk,
    appData: temporaryFolder(),
    config: { atomic_saves: false, ...config },
  });
  onTestFinished(() => manager.close());
  return manager;
}

const of = (data: Uint8Array): SaveRequest => ({ source: { chunks: [data], size: data.length }, reward: 1 });
const files = ({ root }: ModelManager) =>
  Object.fromEntries(
    readdirSync(join(root, 'checkpoints'))
      .sort()
      .map((name) => [name, sha256(readFileSync(join(root, 'checkpoints', name)))]),
  );

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield second.subarray(0, 100);
  throw new Error('the source broke');
}
const broken: SaveRequest = { source: { chunks: breaking(), size: null }, reward: 1 };

test('with atomic_saves: false the file is written in place, which is said each time, and verified', async () => {
  const manager = open({ backup_before_overwrite: false });
  for (const data of [first, second]) {
    const inode = statSync(join(manager.root, id), { throwIfNoEntry: false })?.ino;
    const { warnings, checksum } = await manager.saveCheckpoint(of(data));
    expect(warnings).toEqual([expect.stringContaining('written in place')]);
    expect(checksum).toBe(sha256(readFileSync(join(manager.root, id))));
    if (inode !== undefined) expect(statSync(join(manager.root, id)).ino).toBe(inode);
  }
  await manager.look();
  expect(manager.version(id)?.integrity.state).toBe('verified');
});

test('the backup still holds, and undo brings model and sidecar back byte for byte', async () => {
  const manager = open();
  await manager.saveCheckpoint(of(first));
  const before = files(manager);
  await manager.saveCheckpoint(of(second));
  expect(readFileSync(join(manager.root, `${id}.backup`)).equals(first)).toBe(true);
  await manager.undo();
  expect(files(manager)).toEqual(before);
});

test('a save that fails half way puts the old one back', async () => {
  const manager = open();
  await manager.saveCheckpoint(of(first));
  await manager.saveCheckpoint(of(second));
  const before = files(manager);
  await expect(
    manager.saveCheckpoint({ ...broken, source: { chunks: breaking(), size: null } }),
  ).rejects.toThrow('the source broke');
  expect(files(manager)).toEqual(before);
});

test.each([true, false])(
  'a save that is given up half way puts the old one back, or ends where it is kept nowhere; with a backup: %s',
  async (backup_before_overwrite) => {
    const manager = open({ backup_before_overwrite });
    await manager.saveCheckpoint(of(first));
    const before = files(manager);
    const stop = new AbortController();
    async function* stopping() {
      yield second.subarray(0, 100);
      stop.abort(new Error('it was given up'));
      yield second.subarray(100);
    }
    const save = () =>
      manager.saveCheckpoint({ source: { chunks: stopping(), size: null }, reward: 1, signal: stop.signal });
    if (backup_before_overwrite) await expect(save()).rejects.toThrow('it was given up');
    else expect((await save()).checksum).toBe(sha256(second));
    if (backup_before_overwrite) expect(files(manager)).toEqual(before);
    const now = files(manager);
    await expect(save()).rejects.toThrow('it was given up');
    expect(files(manager)).toEqual(now);
  },
);

test('a first save that fails half way leaves nothing; one without a backup says that the file is torn', async () => {
  const manager = open({ backup_before_overwrite: false });
  await expect(manager.saveCheckpoint(broken)).rejects.toThrow('the source broke');
  expect(files(manager)).toEqual({});
  await manager.saveCheckpoint(of(first));
  await expect(
    manager.saveCheckpoint({ source: { chunks: breaking(), size: null }, reward: 1 }),
  ).rejects.toThrow('checkpoint.pt is torn now — the source broke, and it was written in place');
});

test.each([true, false])(
  'a version that is saved from its own file, by whatever name, is whole; with a backup: %s',
  async (backup_before_overwrite) => {
    const manager = open({ backup_before_overwrite });
    await manager.saveCheckpoint(of(first));
    linkSync(join(manager.root, id), join(manager.root, 'other-name.pt'));
    for (const name of [id, 'other-name.pt']) {
      const { checksum } = await manager.saveCheckpoint({
        source: { path: join(manager.root, name) },
        reward: 1,
      });
      expect(checksum).toBe(sha256(first));
      expect(readFileSync(join(manager.root, id)).equals(first)).toBe(true);
    }
  },
);

/** The first time a call begins so, somebody who takes no lock does something. */
function meddling(manager: () => ModelManager, when: RegExp, act: (path: string) => void): FaultDisk {
  const disk = new FaultDisk(realDisk);
  let done = false;
  disk.before = (call) => {
    if (done || !when.test(call)) return;
    done = true;
    act(join(manager().root, id));
  };
  return disk;
}

const replaceBy = (text: string) => (path: string) => renameSync(put(temporaryFolder(), 'w.pt', text), path);
const theirs = sha256(Buffer.from('theirs'));
const textAt = (manager: ModelManager, name: string) => readFileSync(join(manager.root, name), 'utf8');

test('a file that a training made at the last moment, where the name was free, is not written to', async () => {
  const manager: ModelManager = open(
    {},
    meddling(
      () => manager,
      /^create .*\/checkpoint\.pt$/,
      (path) => writeFileSync(path, 'theirs'),
    ),
  );
  await expect(manager.saveCheckpoint(of(first))).rejects.toThrow('changed on disk');
  expect(files(manager)).toEqual({ 'checkpoint.pt': theirs });
});

test.each([true, false])(
  'a file that a training wrote to before it is opened is not written to; with a backup: %s',
  async (backup_before_overwrite) => {
    const acts = [(path: string) => writeFileSync(path, 'theirs'), replaceBy('theirs')];
    for (const act of acts) {
      const manager: ModelManager = open(
        { backup_before_overwrite },
        meddling(() => manager, /^reopen/, act),
      );
      await manager.saveCheckpoint(of(first));
      await expect(manager.saveCheckpoint(of(second))).rejects.toThrow('changed on disk');
      expect(textAt(manager, id)).toBe('theirs');
      // What it wrote over is in the trash.
      expect((await manager.listTrash()).operations).toHaveLength(backup_before_overwrite ? 1 : 0);
    }
  },
);

test('a file that is not written to keeps its checksum on record', async () => {
  const disk = new FaultDisk(realDisk);
  const manager = open({ backup_before_overwrite: false, save_metadata: false }, disk);
  await manager.saveCheckpoint(of(first));
  const listed = textAt(manager, 'SHA256SUMS');
  expect(listed).toContain(sha256(first));
  disk.before = (call) => {
    if (!call.includes('SHA256SUMS')) return;
    disk.before = () => undefined;
    put(manager.root, id, 'theirs');
  };
  await expect(manager.saveCheckpoint(of(second))).rejects.toThrow('changed on disk');
  expect(textAt(manager, id)).toBe('theirs');
  expect(textAt(manager, 'SHA256SUMS')).toBe(listed);
});

test('a file that a training wrote to before what it replaces was put aside is not written to', async () => {
  const manager: ModelManager = open(
    {},
    meddling(
      () => manager,
      /^(?:create|clone) .*\.backup\./,
      (path) => writeFileSync(path, 'theirs'),
    ),
  );
  await manager.saveCheckpoint(of(first));
  await expect(manager.saveCheckpoint(of(second))).rejects.toThrow('changed on disk');
  expect(textAt(manager, id)).toBe('theirs');
  expect((await manager.listTrash()).operations).toEqual([]);
});

test.each(['free', 'taken'])(
  'a save that fails removes what it wrote, and nothing that came in its place; the name was %s',
  async (name) => {
    const manager = open();
    if (name === 'taken') await manager.saveCheckpoint(of(first));
    async function* breaking() {
      yield second.subarray(0, 100);
      replaceBy('theirs')(join(manager.root, id));
      throw new Error('the source broke');
    }
    const source = { chunks: breaking(), size: null };
    await expect(manager.saveCheckpoint({ source, reward: 1 })).rejects.toThrow('the source broke');
    expect(textAt(manager, id)).toBe('theirs');
    if (name === 'free') return;
    await manager.undo();
    expect(sha256(readFileSync(join(manager.root, id)))).toBe(sha256(first));
  },
);

test('a sidecar that another program wrote meanwhile stays, and the save is taken back', async () => {
  const sidecar = 'checkpoints/checkpoint.json';
  const manager = open();
  async function* meanwhile() {
    yield second;
    put(manager.root, sidecar, 'theirs');
  }
  await expect(
    manager.saveCheckpoint({ source: { chunks: meanwhile(), size: null }, reward: 1 }),
  ).rejects.toThrow('checkpoint.json changed on disk');
  expect(files(manager)).toEqual({ 'checkpoint.json': theirs });
});
