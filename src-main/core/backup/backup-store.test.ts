import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { isFull } from '../files/error-code.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { stageFile } from '../files/stage-file.ts';
import type { OperationDraft } from '../operations/write-run.ts';
import { backUpVersions } from './back-up-versions.fixture.ts';
import { filesOf } from './backup-manifest.ts';
import { BackupStore } from './backup-store.ts';
import { restoreVersions } from './restore-versions.fixture.ts';

const root = '/run';
const model = 'best_models/a.pt';
const files = [model, 'best_models/a.json'];
const draft: OperationDraft = {
  format: 1,
  id: 'restore-1',
  number: 1,
  kind: 'restore',
  at: '2026-01-02T03:04:05.000Z',
  who: 'a test',
  reason: 'a test',
  automatic: false,
};

function aRun() {
  const disk = new MemoryDisk();
  disk.plant(`${root}/${model}`, 'a model');
  disk.plant(`${root}/best_models/a.json`, 'its sidecar');
  disk.plant(`${root}/.cairn/x`, '');
  return { disk, store: new BackupStore(disk, `${root}/.cairn/backups`) };
}

function backUp(store: BackupStore, checksum: string | null = null) {
  const request = { label: null, reason: 'a test', checksumOf: () => checksum };
  return backUpVersions(store, root, [{ id: model, files }], request);
}

test('equal bytes are kept once, and go with the last backup that needs them', async () => {
  const { store } = aRun();
  const { manifest } = await backUp(store);
  const again = await backUp(store);
  const [{ checksum = '' } = {}] = manifest.versions[0]?.files ?? [];
  await store.delete(manifest.id);
  expect(await store.isWhole(checksum)).toBe(true);
  await store.delete(again.manifest.id);
  expect(await store.isWhole(checksum)).toBe(false);
});

test('bytes that rotted in the store are put there again by the next backup', async () => {
  const { disk, store } = aRun();
  const { manifest } = await backUp(store);
  const [{ checksum = '' } = {}] = manifest.versions[0]?.files ?? [];
  disk.plant(store.objectPath(checksum), 'a modem');
  expect(await store.isWhole(checksum)).toBe(false);
  await backUp(store);
  expect(await store.isWhole(checksum)).toBe(true);
});

test('a restore of rotten bytes is refused, and leaves everything as it was', async () => {
  const { disk, store } = aRun();
  const { manifest } = await backUp(store);
  const [{ checksum = '' } = {}] = manifest.versions[0]?.files ?? [];
  disk.plant(store.objectPath(checksum), 'a modem');
  disk.plant(`${root}/${model}`, 'a later model');
  disk.plant(`${root}/best_models/a.json`, 'a later sidecar');
  const before = [...disk.files()];
  await expect(restoreVersions(disk, root, store, manifest.versions, draft)).rejects.toThrow(
    'no longer match their checksum',
  );
  expect([...disk.files()]).toEqual(before);
});

test('a version that is not what its record says is not backed up', async () => {
  const { store } = aRun();
  await expect(backUp(store, 'f'.repeat(64))).rejects.toThrow('do not match');
  expect((await store.list()).backups).toEqual([]);
});

test('a backup whose bytes another removed before it was on record is refused', async () => {
  for (const harm of [(disk: MemoryDisk, path: string) => disk.unlink(path), shorten]) {
    const { disk, store } = aRun();
    const { manifest } = await backUp(store);
    await store.delete(manifest.id);
    await backUp(store);
    await harm(disk, store.objectPath(manifest.versions[0]?.files[0]?.checksum ?? ''));
    await expect(store.write({ ...manifest, id: 'later' })).rejects.toThrow('nothing was backed up');
    expect((await store.list()).backups.map(({ id }) => id)).not.toContain('later');
  }
});

const shorten = async (disk: MemoryDisk, path: string) => disk.plant(path, 'a');

test('a backup that was deleted stays deleted, whatever another finds who verified it meanwhile', async () => {
  const { store } = aRun();
  const { manifest } = await backUp(store);
  await store.delete(manifest.id);
  expect(await store.rewrite({ ...manifest, state: 'damaged' })).toBe(false);
  expect((await store.list()).backups).toEqual([]);
});

test('a deleted backup is gone even where its bytes cannot be removed; they go with the next', async () => {
  const { disk, store } = aRun();
  const [first, second] = [await backUp(store), await backUp(store)];
  await store.delete(second.manifest.id);
  const faults = new FaultDisk(disk);
  faults.before = (call) => {
    if (call.startsWith('unlink /run/.cairn/backups/objects')) throw new Error('no');
  };
  await new BackupStore(faults, store.folder).delete(first.manifest.id);
  expect((await store.list()).backups).toEqual([]);
  disk.plant(`${root}/${model}`, 'a later model');
  await store.delete((await backUp(store)).manifest.id);
  expect([...disk.files().keys()].filter((path) => path.startsWith(store.folder))).toEqual([]);
});

test('that a backup is deleted is never a cause to delete it again, though the disk does not confirm it', async () => {
  const { disk, store } = aRun();
  const { manifest } = await backUp(store);
  const faults = new FaultDisk(disk);
  faults.before = (call) => {
    if (call.startsWith('syncFolder')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  const deleting = new BackupStore(faults, store.folder).delete(manifest.id);
  await expect(deleting).rejects.toMatchObject({
    message: expect.stringMatching(/uncertain .* is deleted, /),
  });
  expect(isFull(await deleting.catch((error: unknown) => error))).toBe(false);
  expect((await store.list()).backups).toEqual([]);
});

test('what a backup that was cut short left half written goes with the next one', async () => {
  const { disk, store } = aRun();
  await backUp(store);
  const alive = basename((await stageFile(new MemoryDisk(), '', 'object', [])).path);
  const { pid } = spawnSync(process.execPath, ['--version']);
  const abandoned = alive.replace(`.${process.pid}.`, `.${pid}.`);
  for (const folder of ['objects', 'manifests'])
    for (const name of [abandoned, alive]) disk.plant(`${store.folder}/${folder}/${name}`, 'half');
  await backUp(store);
  const left = [...disk.files().keys()].filter((path) => path.endsWith('.tmp'));
  expect(left.map((path) => path.split('/').at(-1))).toEqual([alive, alive]);
});

test('whatever call of a backup fails, nothing stays staged and the backup before it is whole', async () => {
  for (let call = 1; ; call += 1) {
    const { disk, store } = aRun();
    const { manifest } = await backUp(store);
    disk.plant(`${root}/${model}`, 'a later model');
    const faults = new FaultDisk(disk, { call, code: 'EIO', forever: false });
    const made = await backUp(new BackupStore(faults, store.folder)).then(
      ({ manifest: { id } }) => [id],
      () => [],
    );
    if (faults.failed === 0) return;
    const where = `call ${call}, ${faults.calls[call - 1]}`;
    expect(
      [...disk.files().keys()].filter((path) => path.endsWith('.tmp')),
      where,
    ).toEqual([]);
    const { backups } = await store.list();
    const ids = backups.map(({ id }) => id);
    expect(ids, where).toEqual(expect.arrayContaining([manifest.id, ...made]));
    for (const { checksum } of backups.flatMap(filesOf))
      expect(await store.isWhole(checksum), where).toBe(true);
  }
});

test('a file that is written to while it is copied is left out, and the others are backed up', async () => {
  const { disk } = aRun();
  disk.plant(`${root}/best_models/b.pt`, 'another');
  const faults = new FaultDisk(disk);
  faults.before = (call) => {
    if (call === 'read') disk.plant(`${root}/${model}`, 'half of the next one');
  };
  const store = new BackupStore(faults, `${root}/.cairn/backups`);
  const versions = [
    { id: model, files },
    { id: 'best_models/b.pt', files: ['best_models/b.pt'] },
  ];
  const request = { label: null, reason: 'a test', checksumOf: () => null };
  const { manifest, skipped } = await backUpVersions(store, root, versions, request);
  expect(manifest.versions.map(({ id }) => id)).toEqual(['best_models/b.pt']);
  expect(skipped).toEqual([{ id: model, why: 'it changed while it was copied' }]);
});

test('a model and a sidecar of two generations are no backup, each whole though it is', async () => {
  const { disk } = aRun();
  const faults = new FaultDisk(disk);
  faults.before = (call) => {
    if (!call.startsWith(`open ${root}/best_models/a.json`)) return;
    disk.plant(`${root}/${model}`, 'the next model');
  };
  await expect(backUp(new BackupStore(faults, `${root}/.cairn/backups`))).rejects.toThrow(
    'it changed while it was copied',
  );
});

test.each(['EIO', 'ELOOP', 'EACCES'])(
  'a file that cannot be read (%s) is named, and the other versions are backed up',
  async (code) => {
    const { disk } = aRun();
    disk.plant(`${root}/best_models/b.pt`, 'another');
    const faults = new FaultDisk(disk);
    faults.before = (call) => {
      if (call === `open ${root}/best_models/a.json`) throw Object.assign(new Error(code), { code });
    };
    const store = new BackupStore(faults, `${root}/.cairn/backups`);
    const versions = [
      { id: model, files },
      { id: 'best_models/b.pt', files: ['best_models/b.pt'] },
    ];
    const request = { label: null, reason: 'a test', checksumOf: () => null };
    const { manifest, skipped } = await backUpVersions(store, root, versions, request);
    expect(manifest.versions.map(({ id }) => id)).toEqual(['best_models/b.pt']);
    expect(skipped).toEqual([
      { id: model, why: expect.stringMatching(/^best_models\/a\.json cannot be read: /) },
    ]);
  },
);

test('where the store takes no more, that is the failure, and no version is blamed', async () => {
  const { disk } = aRun();
  const faults = new FaultDisk(disk);
  faults.before = (call) => {
    if (call === 'write') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  await expect(backUp(new BackupStore(faults, `${root}/.cairn/backups`))).rejects.toThrow('full');
});

/** How often folders are synced for a backup of a version of so many files. */
async function syncsFor(count: number): Promise<number> {
  const { disk } = aRun();
  const many = Array.from({ length: count }, (_, index) => `best_models/part-${index}.pt`);
  for (const path of many) disk.plant(`${root}/${path}`, path);
  let syncs = 0;
  const counting = new Proxy(disk, {
    get: (target, name) => {
      if (name === 'syncFolder') syncs += 1;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const store = new BackupStore(counting, `${root}/.cairn/backups`);
  const [id = ''] = many;
  const request = { label: null, reason: 'a test', checksumOf: () => null };
  const { manifest } = await backUpVersions(store, root, [{ id, files: many }], request);
  expect(filesOf(manifest).map(({ path }) => path)).toEqual(many);
  return syncs;
}

test('a backup of many files syncs no more folders than one of few', async () => {
  expect(await syncsFor(100)).toBe(await syncsFor(1));
});

test('of equal bytes those are kept that are open to the fewest, in whatever order they are copied', async () => {
  const { disk, store } = aRun();
  const same = ['a', 'b', 'c', 'd'].map((name) => `best_models/${name}-same.pt`);
  const [open = '', closed = ''] = same;
  for (const path of same) disk.plant(`${root}/${path}`, 'the same', path === closed ? 0o600 : 0o644);
  const request = { label: null, reason: 'a test', checksumOf: () => null };
  const { manifest } = await backUpVersions(store, root, [{ id: open, files: same }], request);
  const [{ checksum = '' } = {}] = filesOf(manifest);
  expect(((await disk.lookAt(store.objectPath(checksum)))?.mode ?? 0) & 0o777).toBe(0o600);
});
