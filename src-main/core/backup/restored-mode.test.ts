import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** A run with models of these bytes, each for its owner alone or for all to read. */
async function runOf(models: Record<string, { bytes: string; mode: number }>): Promise<ModelManager> {
  const root = temporaryFolder();
  for (const [id, { bytes, mode }] of Object.entries(models)) chmodSync(put(root, id, bytes), mode);
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** Backs all of them up, deletes them and restores them. @returns the mode of each, and of the objects of the store */
async function backAgain(manager: ModelManager) {
  const ids = manager
    .versions()
    .map(({ id }) => id)
    .sort();
  const { manifest } = await manager.backups.create(new Set(ids));
  const objects = join(manager.root, '.cairn/backups/objects');
  for (const id of ids) rmSync(join(manager.root, id));
  await manager.backups.restore(manifest.id, null);
  return {
    objects: readdirSync(objects).map((name) => modeOf(join(objects, name))),
    modes: ids.map((id) => modeOf(join(manager.root, id))),
  };
}

test.skipIf(process.platform === 'win32')('a restore brings the mode back with the bytes', async () => {
  const manager = await runOf({
    'checkpoints/a.pt': { bytes: 'one', mode: 0o600 },
    'checkpoints/b.pt': { bytes: 'another', mode: 0o640 },
  });
  const { objects, modes } = await backAgain(manager);
  expect(modes).toEqual(['600', '640']);
  expect(objects.sort()).toEqual(['600', '640']);
});

test.skipIf(process.platform === 'win32').each([
  [0o600, 0o644],
  [0o644, 0o600],
])(
  'bytes that are kept once for two models are open to nobody who might not read both (%i, %i)',
  async (a, b) => {
    const manager = await runOf({
      'checkpoints/a.pt': { bytes: 'the same', mode: a },
      'checkpoints/b.pt': { bytes: 'the same', mode: b },
    });
    expect(await backAgain(manager)).toEqual({ objects: ['600'], modes: ['600', '600'] });
  },
);
