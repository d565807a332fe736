import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { BackupStore } from './backup-store.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const file = (name: string) => ({ path: name, checksum: sha256(name), size: name.length });
const pathOf = (id: string) => `/store/manifests/${id}.json`;
const objectOf = (name: string) => `/store/objects/${sha256(name)}`;

function backup(id: string, ...names: string[]): BackupManifest {
  return {
    format: 1,
    id,
    label: 'before the ä',
    reason: 'by hand',
    created_at: '2026-01-02T03:04:05.000Z',
    run: '/data/run',
    versions: [{ id: names[0] ?? '', files: names.map(file) }],
    verified_at: '2026-01-02T03:04:05.000Z',
    state: 'verified',
  };
}

const manifest = backup('20260102T030405-abcdef', 'best_models/a.pt', 'best_models/a.json');

/** A store of these backups, their bytes with them. */
async function storeOf(...manifests: BackupManifest[]): Promise<{ disk: MemoryDisk; store: BackupStore }> {
  const disk = new MemoryDisk();
  const store = new BackupStore(disk, '/store');
  for (const each of manifests) {
    for (const { path } of each.versions.flatMap(({ files }) => files)) disk.plant(objectOf(path), path);
    await store.write(each);
  }
  return { disk, store };
}

test('what was written is read', async () => {
  const { store } = await storeOf(manifest);
  expect(await store.list()).toEqual({ backups: [manifest], problems: [] });
});

test.each(['../a.pt', '/etc/passwd', '.cairn/intents/a.json', '.CAIRN/marks.json', 'a/../../b.pt'])(
  'a manifest that names %s is damage, however well it is sealed',
  async (path) => {
    const idsIn = async (planted: BackupManifest) => {
      const disk = new MemoryDisk();
      disk.plant(pathOf(planted.id), sealed(planted));
      return (await new BackupStore(disk, '/store').list()).backups.map(({ id }) => id);
    };
    expect(await idsIn(manifest)).toEqual([manifest.id]);
    const [version = { id: '', files: [] }] = manifest.versions;
    expect(await idsIn({ ...manifest, versions: [{ ...version, id: path }] })).toEqual([]);
    const files = [{ ...file('a'), path }];
    expect(await idsIn({ ...manifest, versions: [{ ...version, files }] })).toEqual([]);
  },
);

/** What would be written, were it not looked at first. */
function sealed(hostile: BackupManifest): string {
  return `${JSON.stringify({ ...hostile, checksum: sha256(JSON.stringify(hostile)) }, null, 2)}\n`;
}

test('every bit of a manifest that flips is noticed, and every length that it is cut to', async () => {
  const { disk: written } = await storeOf(manifest);
  const bytes = Buffer.from(written.files().get(pathOf(manifest.id)) ?? '');
  const unnoticed: string[] = [];
  const check = async (what: string, damaged: Buffer) => {
    const disk = new MemoryDisk();
    disk.plant(pathOf(manifest.id), damaged);
    const { backups, problems } = await new BackupStore(disk, '/store').list();
    if (backups.length > 0 || problems[0]?.path !== pathOf(manifest.id)) unnoticed.push(what);
  };
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await check(`bit ${bit}`, flipped);
  }
  for (let length = 0; length < bytes.length; length += 1)
    await check(`length ${length}`, bytes.subarray(0, length));
  expect(unnoticed).toEqual([]);
  console.info(`a backup's manifest: ${bytes.length * 8} bits flipped, ${bytes.length} lengths, all noticed`);
});

test('a damaged manifest is told, and stands in the way of no other backup', async () => {
  const other = backup('other', 'b.pt');
  const { disk, store } = await storeOf(manifest, other);
  disk.plant(pathOf(manifest.id), '{');
  const { backups, problems } = await store.list();
  expect(backups).toEqual([other]);
  expect(problems.map(({ path }) => path)).toEqual([pathOf(manifest.id)]);
});

test('a manifest under the name of another, and a folder or a link of its name, are damage', async () => {
  const { disk, store } = await storeOf(manifest);
  disk.plant(pathOf('copy'), disk.files().get(pathOf(manifest.id)) ?? '');
  await disk.mkdir(pathOf('folder'));
  const { backups, problems } = await store.list();
  expect(backups).toEqual([manifest]);
  expect(problems.map(({ path }) => path)).toEqual([pathOf('copy'), pathOf('folder')]);
});

test('no bytes are deleted that a damaged manifest may refer to, until it is moved away', async () => {
  const [second, third] = [backup('second', 'b.pt'), backup('third', 'c.pt')];
  const { disk, store } = await storeOf(manifest, second, third);
  const text = disk.files().get(pathOf(manifest.id)) ?? '';
  disk.plant(pathOf(manifest.id), text.slice(1));
  await store.delete(second.id);
  expect((await store.list()).backups).toEqual([third]);
  expect([...disk.files().keys()]).toEqual(
    expect.arrayContaining(['best_models/a.pt', 'b.pt'].map(objectOf)),
  );
  await disk.unlink(pathOf(manifest.id));
  await store.delete(third.id);
  expect([...disk.files().keys()]).toEqual([]);
});

test('a manifest that the disk fails to read is no damage: nothing is listed, and nothing deleted', async () => {
  const { disk, store } = await storeOf(manifest, backup('other', 'b.pt'));
  const before = [...disk.files()];
  const clean = new FaultDisk(disk);
  await new BackupStore(clean, '/store').list();
  const call = clean.calls.indexOf('read') + 1;
  const failing = () => new BackupStore(new FaultDisk(disk, { call, code: 'EIO', forever: false }), '/store');
  await expect(failing().list()).rejects.toThrow('EIO');
  await expect(failing().delete('other')).rejects.toThrow('EIO');
  expect([...disk.files()]).toEqual(before);
  expect((await store.list()).backups).toHaveLength(2);
});
