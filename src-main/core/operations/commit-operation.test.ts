import { expect, test } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { type Deed, perform, plant, seen } from './history.fixture.ts';

const saving = { do: 'save', text: 'a model', reward: 1 } as const;

async function savedOnce(): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  plant(disk, 'notes.txt', 'a file of someone else');
  await perform(disk, disk, { ...saving, text: 'the first model' }, 1);
  return disk;
}

async function callsOf(deed: Deed): Promise<readonly string[]> {
  const disk = await savedOnce();
  const faults = new FaultDisk(disk);
  await perform(faults, disk, deed, 2);
  return faults.calls;
}

test('what the disk did not confirm to be there for good is never told to be done', async () => {
  const calls = await callsOf(saving);
  // Once its record is in the trash, all of it is durable: what follows is tidying.
  const done = calls.findIndex((call) => call.startsWith('rename') && call.endsWith('manifest.json'));
  const syncs = calls.flatMap((call, index) => (call.startsWith('sync') && index < done ? [index + 1] : []));
  expect(syncs.length).toBeGreaterThan(6);
  for (const call of syncs) {
    const disk = await savedOnce();
    const faults = new FaultDisk(disk, { call, code: 'EIO', forever: false });
    await expect(perform(faults, disk, saving, 2), calls[call - 1]).rejects.toThrow();
  }
});

test('where the file system cannot sync folders, a save is done and says that it may not last', async () => {
  const disk = await savedOnce();
  const limited = new FaultDisk(disk);
  limited.before = (call) => {
    if (call.startsWith('syncFolder')) throw Object.assign(new Error('EINVAL'), { code: 'EINVAL' });
  };
  expect(await perform(limited, disk, saving, 2)).toMatchObject({
    warnings: [expect.stringContaining('does not confirm')],
  });
});

test('while a file is replaced its name always stands for the old one or the new one', async () => {
  const disk = await savedOnce();
  const found = new Set<string>();
  const watched = new FaultDisk(disk);
  watched.before = () => {
    found.add(seen(disk).get('checkpoints/checkpoint.pt') ?? 'nothing');
  };
  await perform(watched, disk, saving, 2);
  expect([...found]).toEqual(['the first model', 'a model']);
});
