import { renameSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { AdoptedChecksums, AlreadyAdopted } from './adopted-checksums.ts';

const folder = '/run/.cairn';
const path = `${folder}/adopted.jsonl`;

test('what was adopted outlives a power cut, and what a cut left unfinished spoils no other', async () => {
  const disk = new MemoryDisk();
  disk.plant(path, '{"check');
  const faults = new FaultDisk(disk);
  await new AdoptedChecksums(folder).remember({ checksum: 'a'.repeat(64), from: 'last.ckpt' }, faults);
  for (const state of disk.crashStates()) {
    const lines = state.files().get(path)?.toString().split('\n');
    expect(lines).toEqual(['{"check', expect.stringContaining('"checksum":"aaaa'), '']);
  }
});

const adoptionOf = (name: string) => ({ checksum: name.repeat(64), from: `${name}.pt` });

test('what another watch adopts is known at once, and what was read before is not read again', async () => {
  const own = temporaryFolder();
  const [mine, others] = [new AdoptedChecksums(own), new AdoptedChecksums(own)];
  expect(mine.has('a'.repeat(64))).toBe(false);
  await others.remember(adoptionOf('a'), realDisk);
  expect(mine.has('a'.repeat(64))).toBe(true);
  // A line that was read is not looked at any more: its place is remembered, not its bytes.
  const { size } = statSync(join(own, 'adopted.jsonl'));
  put(own, 'adopted.jsonl', '\n'.repeat(size));
  await others.remember(adoptionOf('b'), realDisk);
  expect(['a', 'b'].map((name) => mine.has(name.repeat(64)))).toEqual([true, true]);
  expect(new AdoptedChecksums(own).has('a'.repeat(64))).toBe(false);
});

test('a record beyond its limit says what can be done, and goes on once that is done', async () => {
  const own = temporaryFolder();
  const adopted = new AdoptedChecksums(own);
  const record = put(own, 'adopted.jsonl', '');
  truncateSync(record, 2 ** 28 + 1);
  const told = /^what was adopted before cannot be told — .*adopted\.jsonl: .* — move that file away: /;
  expect(() => adopted.refresh()).toThrow(told);
  renameSync(record, join(own, 'adopted-until-now.jsonl'));
  adopted.assertNew(adoptionOf('a'));
  await adopted.remember(adoptionOf('a'), realDisk);
  expect(() => adopted.assertNew(adoptionOf('a'))).toThrow(AlreadyAdopted);
});
