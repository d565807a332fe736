import { expect, test } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { rememberAdopted } from './adopted-checksums.ts';

const folder = '/run/.cairn';
const path = `${folder}/adopted.jsonl`;

test('what was adopted outlives a power cut, and what a cut left unfinished spoils no other', async () => {
  const disk = new MemoryDisk();
  disk.plant(path, '{"check');
  const faults = new FaultDisk(disk);
  await rememberAdopted(folder, { checksum: 'a'.repeat(64), from: 'last.ckpt' }, faults);
  for (const state of disk.crashStates()) {
    const lines = state.files().get(path)?.toString().split('\n');
    expect(lines).toEqual(['{"check', expect.stringContaining('"checksum":"aaaa'), '']);
  }
});
