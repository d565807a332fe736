import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { exportTensors } from '../tensors/export-tensors.ts';
import { realDisk } from './disk.ts';
import { FaultDisk } from './fault-disk.fixture.ts';
import { temporaryFolder } from './temporary-folder.fixture.ts';
import { writeNewFile } from './write-new-file.ts';

/** A disk that answers so when a folder is to be synced. */
function answering(code: string): FaultDisk {
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (call.startsWith('syncFolder')) throw Object.assign(new Error(code), { code, syscall: 'fsync' });
  };
  return disk;
}

async function exportTo(disk: FaultDisk, target: string): Promise<void> {
  const bytes = writeTorchZip([3]);
  const { tensors } = await readContents(bufferSource('a.pt', bytes));
  await exportTensors(disk, tensors, target);
}

const writers: [what: string, write: (disk: FaultDisk, target: string) => Promise<unknown>][] = [
  ['a file', (disk, target) => writeNewFile(disk, target, [Buffer.from('whole')])],
  ['a folder of tensors', exportTo],
];

test.each(writers)('%s is written where the file system cannot sync folders', async (_, write) => {
  const target = join(temporaryFolder(), 'out');
  await write(answering('EINVAL'), target);
  expect(existsSync(target)).toBe(true);
});

test('that the disk fails to keep the name of a new file is told as uncertain, with the file in its place', async () => {
  const folder = temporaryFolder();
  const target = join(folder, 'out');
  await expect(writeNewFile(answering('EIO'), target, [Buffer.from('whole')])).rejects.toThrow(
    /^it is uncertain whether this lasts — .*out is written, but the disk does not confirm it: .* — fix that$/,
  );
  expect(readFileSync(target, 'utf8')).toBe('whole');
  expect(readdirSync(folder)).toEqual(['out']);
});
