import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { BackupStore } from './backup-store.ts';

const path = '/store/manifests/20260102T030405-abcdef.json';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const file = (name: string) => ({ path: name, checksum: sha256(name), size: name.length });
const manifest: BackupManifest = {
  format: 1,
  id: '20260102T030405-abcdef',
  label: 'before the ä',
  reason: 'by hand',
  created_at: '2026-01-02T03:04:05.000Z',
  run: '/data/run',
  versions: [{ id: 'best_models/a.pt', files: [file('best_models/a.pt'), file('best_models/a.json')] }],
  verified_at: '2026-01-02T03:04:05.000Z',
  state: 'verified',
};

async function written(): Promise<{ disk: MemoryDisk; bytes: Buffer }> {
  const disk = new MemoryDisk();
  disk.plant('/store/objects/x', '');
  await new BackupStore(disk, '/store').write(manifest);
  return { disk, bytes: Buffer.from(disk.files().get(path) ?? '') };
}

function read(bytes: Buffer): Promise<BackupManifest[]> {
  const disk = new MemoryDisk();
  disk.plant(path, bytes);
  return new BackupStore(disk, '/store').list();
}

test('what was written is read', async () => {
  const { disk, bytes } = await written();
  expect(await new BackupStore(disk, '/store').list()).toEqual([manifest]);
  expect(await read(bytes)).toEqual([manifest]);
});

test('every bit of a manifest that flips is noticed, and every length that it is cut to', async () => {
  const { bytes } = await written();
  const unnoticed: string[] = [];
  const damaged = 'is not the record of a backup';
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const said = await read(flipped).then(() => 'nothing', String);
    if (!said.includes(damaged)) unnoticed.push(`bit ${bit}: ${said}`);
  }
  for (let length = 0; length < bytes.length; length += 1) {
    const said = await read(bytes.subarray(0, length)).then(() => 'nothing', String);
    if (!said.includes(damaged)) unnoticed.push(`length ${length}: ${said}`);
  }
  expect(unnoticed).toEqual([]);
  console.info(`a backup's manifest: ${bytes.length * 8} bits flipped, ${bytes.length} lengths, all noticed`);
});
