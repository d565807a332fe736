import { expect, test } from 'vitest';
import { FaultDisk } from './fault-disk.fixture.ts';
import { MemoryDisk } from './memory-disk.fixture.ts';
import { placeNew, removePlaced } from './place-new.ts';
import { stageFile } from './stage-file.ts';

const path = '/folder/new';
const disks = [
  ['with links', {}],
  ['without links', { links: false }],
] as const;

async function staged(options = {}) {
  const disk = new MemoryDisk(options);
  disk.plant('/folder/other', 'of someone else');
  return { disk, file: await stageFile(disk, '/folder', 'new', [Buffer.from('the bytes')]) };
}

const textOf = (disk: MemoryDisk) => disk.files().get(path)?.toString();

test.each(disks)('a file that has the name stays, %s', async (_, options) => {
  const { disk, file } = await staged(options);
  disk.plant(path, 'made meanwhile');
  await expect(placeNew(disk, file, path)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(textOf(disk)).toBe('made meanwhile');
});

test.each(disks)(
  'whatever call fails, the name is taken by all of the bytes or by none, %s',
  async (_, options) => {
    for (let call = 1; ; call += 1) {
      const { disk, file } = await staged(options);
      const faults = new FaultDisk(disk, { call, code: 'EIO', forever: false });
      const done = await placeNew(faults, file, path).then(
        () => true,
        () => false,
      );
      if (faults.failed === 0) return;
      expect(textOf(disk), `call ${call}, ${faults.calls[call - 1]}`).toBe(done ? 'the bytes' : undefined);
    }
  },
);

test.each(disks)('it has the mode that was staged, %s', async (_, options) => {
  const { disk } = await staged(options);
  const file = await stageFile(disk, '/folder', 'new', [Buffer.from('for few')], 0o640);
  await placeNew(disk, file, path);
  expect((await disk.lookAt(path))?.mode).toBe(0o640);
});

test.each(disks)('what was placed is removed, but not what has its name since, %s', async (_, options) => {
  const { disk, file } = await staged(options);
  const placed = await placeNew(disk, file, path);
  await removePlaced(disk, placed);
  expect(textOf(disk)).toBeUndefined();
  const other = await stageFile(disk, '/folder', 'new', [Buffer.from('the bytes')]);
  const again = await placeNew(disk, other, path);
  await disk.rename('/folder/other', path);
  await removePlaced(disk, again);
  expect(textOf(disk)).toBe('of someone else');
});

test.each(disks)('it has the mode that it was staged with, %s', async (_, options) => {
  const { disk } = await staged(options);
  const file = await stageFile(disk, '/folder', 'new', [Buffer.from('the bytes')], 0o640);
  await placeNew(disk, file, path);
  expect((await disk.lookAt(path))?.mode).toBe(0o640);
});

test.each(disks)('its bytes are written once, %s', async (_, options) => {
  const { disk, file } = await staged(options);
  const faults = new FaultDisk(disk);
  await placeNew(faults, file, path);
  expect(faults.calls).not.toContain('write');
});

const others = {
  'replaced what held it': (disk: MemoryDisk) => disk.rename('/folder/other', path),
  'wrote into what held it': async (disk: MemoryDisk) => disk.plant(path, 'of someone else'),
};

test.each(Object.entries(others))('where there are no links a file stays that %s', async (_, act) => {
  const { disk, file } = await staged({ links: false });
  const faults = new FaultDisk(disk);
  faults.before = (call) => (call === 'close' ? act(disk) : undefined);
  await expect(placeNew(faults, file, path)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(textOf(disk)).toBe('of someone else');
});
