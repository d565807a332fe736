import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realDisk } from './disk.ts';
import { FaultDisk } from './fault-disk.fixture.ts';
import { put, temporaryFolder } from './temporary-folder.fixture.ts';

test('a new file never takes the place of one that is there', async () => {
  const folder = temporaryFolder();
  const path = put(folder, 'model.pt', 'a model');
  await expect(realDisk.create(path)).rejects.toThrow('EEXIST');
  await expect(realDisk.link(put(folder, 'other.pt', 'another'), path)).rejects.toThrow('EEXIST');
  await expect(realDisk.clone(join(folder, 'other.pt'), path)).rejects.toThrow();
  expect(readFileSync(path, 'utf8')).toBe('a model');
});

test.skipIf(process.platform === 'win32')(
  'a new file is its owner’s alone until it is given a mode',
  async () => {
    const path = join(temporaryFolder(), 'new');
    const modeOf = async () => (await realDisk.lookAt(path))?.mode.toString(8);
    const file = await realDisk.create(path);
    expect(await modeOf()).toBe('600');
    await file.chmod(0o640);
    await file.close();
    expect(await modeOf()).toBe('640');
  },
);

test('a link is neither written through nor read through', async () => {
  const folder = temporaryFolder();
  const secret = put(folder, 'secret', 'not ours');
  symlinkSync(secret, join(folder, 'link'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
  await expect(realDisk.open(join(folder, 'link'))).rejects.toThrow('ELOOP');
  await expect(realDisk.create(join(folder, 'dangling'))).rejects.toThrow('EEXIST');
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});

test.skipIf(process.platform === 'win32')('a pipe with nobody at its end holds up nothing', async () => {
  const path = join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  const file = await realDisk.open(path);
  await file.close();
  expect(await realDisk.lookAt(path)).toMatchObject({ type: 'other' });
});

test('what is written is there, and its size is told', async () => {
  const path = join(temporaryFolder(), 'new');
  const file = await realDisk.create(path);
  expect(await file.write(Buffer.from('abc'))).toBe(3);
  expect(await file.write(Buffer.from('de'))).toBe(2);
  await file.sync();
  expect(await file.size()).toBe(5);
  await file.close();
  const again = await realDisk.open(path);
  const buffer = Buffer.alloc(8);
  expect(await again.read(buffer, 1)).toBe(4);
  await again.close();
  expect(buffer.toString('utf8', 0, 4)).toBe('bcde');
});

test('a file of which closing is told to fail is closed all the same', async () => {
  const path = join(temporaryFolder(), 'a.pt');
  const faults = new FaultDisk(realDisk, { call: 2, code: 'EIO', forever: false });
  const file = await faults.create(path);
  await expect(file.close()).rejects.toThrow('EIO');
  await expect(file.size()).rejects.toThrow(/closed/);
});
