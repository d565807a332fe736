import { expect, test } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { mostOfRecord } from './most-of-record.ts';
import { intentFolder, recordText } from './operation.ts';
import { readIntents } from './recover-run.ts';

const MiB = 1024 * 1024;

function runOf(names: number): MemoryDisk {
  const disk = new MemoryDisk();
  for (let index = 0; index < names; index += 1) disk.plant(`/run/best_models/${index}.pt`, 'x');
  return disk;
}

test('a record may be as large as the names in the run allow, and no more of them are counted', async () => {
  const disk = runOf(1000);
  expect(await mostOfRecord(disk, '/run', 100)).toBe(MiB);
  const all = await mostOfRecord(disk, '/run', 55 * MiB);
  expect(all).toBe(MiB + 1001 * 16 * 1024);
  const calls = new FaultDisk(disk);
  expect(await mostOfRecord(calls, '/run', MiB + 1)).toBeGreaterThan(MiB);
  expect(calls.calls.length).toBeLessThan(3);
  expect(await mostOfRecord(disk, '/run', Number.MAX_SAFE_INTEGER)).toBe(all);
});

test('a folder that cannot be read makes no record too large', async () => {
  const faults = new FaultDisk(runOf(3), { call: 1, code: 'EACCES', forever: true });
  expect(await mostOfRecord(faults, '/run', 55 * MiB)).toBeGreaterThanOrEqual(55 * MiB);
});

test('an intent that tells of more files than the run has is not read, and is said to be damaged', async () => {
  const id = '20260302T094200-a1b2c3';
  const steps = Array.from({ length: 10_000 }, (_, index) => {
    const from = `best_models/model_v${index}.pt`;
    const to = `.cairn/trash/${id}/files/${from}`;
    return { from, to, inode: index + 1, size: 1, mtime: 1, over: null, keep: null };
  });
  const draft = { format: 1, id, number: 1, kind: 'prune', at: '2026', who: 'x', reason: 'x' } as const;
  const text = recordText({ ...draft, automatic: false, versions: [], bytes: 0, steps });
  const path = `/run/${intentFolder}/${id}.json`;
  const [small, large] = [runOf(5), runOf(300)];
  for (const disk of [small, large]) disk.plant(path, text);
  expect(await readIntents(large, '/run')).toHaveLength(1);
  const faults = new FaultDisk(small);
  await expect(readIntents(faults, '/run')).rejects.toThrow(
    /is damaged, or another version of Cairn wrote it/,
  );
  expect(faults.calls).not.toContain('read');
});
