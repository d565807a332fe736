import { linkSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { sha256 } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import type { SaveRequest } from './save-request.ts';

const first = writeTorchZip([4]);
const second = writeTorchZip([40]);
const id = 'checkpoints/checkpoint.pt';

function open(config: Partial<StorageConfig> = {}): ModelManager {
  const manager = new ModelManager(temporaryFolder(), {
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
