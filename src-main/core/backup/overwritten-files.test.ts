import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Disk, realDisk } from '../files/disk.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { open } from './backed-up-run.fixture.ts';

const old = Buffer.alloc(4096, 1);
const now = Buffer.alloc(4096, 2);
const saved = (bytes: Buffer) => ({ source: { chunks: [bytes], size: bytes.length }, reward: 1 });

/** A run whose checkpoint was overwritten once. */
async function overwritten(): Promise<{ run: string; id: string; manager: ModelManager }> {
  const run = temporaryFolder();
  const manager = await open(run);
  const { id } = await manager.saveCheckpoint(saved(old));
  await manager.saveCheckpoint(saved(now));
  return { run, id, manager };
}

test('what was kept before overwriting is one backup of the list, with no checksum and no claim to be whole', async () => {
  const { run, id, manager } = await overwritten();
  const { backups } = await manager.backups.list();
  expect(backups).toHaveLength(1);
  expect(backups[0]?.manifest).toMatchObject({
    id: 'before-overwrite',
    state: 'unrecorded',
    verified_at: null,
    run,
    versions: [{ id, files: [{ path: id, size: old.length }] }],
  });
  await manager.backups.create(new Set([id]));
  expect((await manager.backups.list()).backups.map(({ manifest }) => manifest.state)).toEqual([
    'verified',
    'unrecorded',
  ]);
});

test('it is restored like any backup: with a plan, what is replaced in the trash, and a way back', async () => {
  const { run, id, manager } = await overwritten();
  const sidecar = readFileSync(join(run, id.replace('.pt', '.json')));
  const plan = await manager.backups.plan('before-overwrite', [id]);
  expect(plan).toMatchObject([{ id, action: 'replace' }]);
  const { operation } = await manager.backups.restore('before-overwrite', [id]);
  expect(readFileSync(join(run, id)).equals(old)).toBe(true);
  // It told of the bytes that were replaced.
  expect(existsSync(join(run, id.replace('.pt', '.json')))).toBe(false);
  expect(readFileSync(join(run, `${id}.backup`)).equals(old)).toBe(true);
  await manager.undo(operation ?? undefined);
  expect(readFileSync(join(run, id)).equals(now)).toBe(true);
  expect(readFileSync(join(run, id.replace('.pt', '.json'))).equals(sidecar)).toBe(true);
});

test('a version of which nothing else is left comes back from it', async () => {
  const { run, id, manager } = await overwritten();
  rmSync(join(run, id));
  await manager.look();
  expect(await manager.backups.of(id)).toMatchObject({ backup: { manifest: { state: 'unrecorded' } } });
  await manager.backups.restore('before-overwrite', null);
  expect(readFileSync(join(run, id)).equals(old)).toBe(true);
});

test('bytes that change while they are restored are refused, and nothing is changed', async () => {
  const { run, id } = await overwritten();
  const changing: Disk = {
    ...realDisk,
    lookAt: async (path) => {
      // The plan has read it by the time that the copy asks what stands in its place.
      if (path.endsWith('/checkpoint.pt')) put(run, `${id}.backup`, Buffer.alloc(4096, 3));
      return realDisk.lookAt(path);
    },
  };
  const manager = new ModelManager(run, { appData: temporaryFolder(), disk: changing });
  await expect(manager.backups.restore('before-overwrite', [id])).rejects.toThrow('no longer match');
  expect(readFileSync(join(run, id)).equals(now)).toBe(true);
  await manager.close();
});

test('it is neither verified nor deleted: that is said, and its files stay', async () => {
  const { run, id, manager } = await overwritten();
  await expect(manager.backups.verify('before-overwrite')).rejects.toThrow('can only be restored');
  await expect(manager.backups.delete('before-overwrite')).rejects.toThrow('can only be restored');
  expect((await manager.backups.verify(null)).backups).toEqual([]);
  expect(existsSync(join(run, `${id}.backup`))).toBe(true);
});

test('of a run that is gone none are listed, and that is no failure', async () => {
  const { run, manager } = await overwritten();
  rmSync(run, { recursive: true });
  expect(await manager.backups.list()).toEqual({ backups: [], problems: [] });
});
