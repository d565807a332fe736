import { expect, test } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { addSeals } from './add-seals.ts';

const path = '/run/SHA256SUMS';
const line = (letter: string) => `${letter.repeat(64)}  ${letter}.pt\n`;
const seals = [{ id: 'b.pt', checksum: 'b'.repeat(64) }];

function aRun(): MemoryDisk {
  const disk = new MemoryDisk();
  disk.plant(path, line('a'));
  return disk;
}

const listIn = (disk: MemoryDisk) => disk.files().get(path)?.toString();
const [old, sealed] = [line('a'), line('a') + line('b')];

test('whatever call of sealing fails, the list is the old one or the new one, and nothing stays staged', async () => {
  for (let call = 1; ; call += 1) {
    const disk = aRun();
    const faults = new FaultDisk(disk, { call, code: 'EIO', forever: false }, true);
    const done = await addSeals(faults, '/run', seals).then(
      () => true,
      () => false,
    );
    if (faults.failed === 0) break;
    const where = `call ${call}, ${faults.calls[call - 1]}`;
    expect(done ? [sealed] : [old, sealed], where).toContain(listIn(disk));
    expect([...disk.files().keys()], where).toEqual([path]);
  }
});

test('wherever the power is cut, the list is the old one or the new one; once told to be done, the new one', async () => {
  for (let call = 1; ; call += 1) {
    const disk = aRun();
    const faults = new FaultDisk(disk, { call, code: 'EPOWER', forever: true }, true);
    const done = await addSeals(faults, '/run', seals).then(
      () => true,
      () => false,
    );
    for (const state of disk.crashStates())
      expect(done ? [sealed] : [old, sealed], `cut at call ${call}`).toContain(listIn(state));
    if (faults.failed === 0) break;
  }
});

test.each([
  [
    'adds to it',
    (disk: MemoryDisk, lines: string) => disk.append(path).then((file) => file.write(Buffer.from(lines))),
  ],
  ['replaces it', async (disk: MemoryDisk, lines: string) => disk.plant(path, line('a') + lines)],
])('whenever another program %s, none of its lines is lost', async (what, write) => {
  for (let call = 1; ; call += 1) {
    const disk = aRun();
    const faults = new FaultDisk(disk);
    faults.before = async (name) => {
      // Between the last look and the new name nothing can be done about a file that was replaced.
      const isTooLate = what === 'replaces it' && name.startsWith('rename');
      if (faults.calls.length === call && !isTooLate) await write(disk, line('c'));
    };
    await addSeals(faults, '/run', seals);
    if (faults.calls.length < call) return;
    const where = `call ${call}, ${faults.calls[call - 1]}`;
    const isWritten = listIn(disk)?.includes(line('c'));
    expect(isWritten || (what === 'replaces it' && where.includes('rename')), where).toBe(true);
    expect(listIn(disk), where).toContain(line('a'));
    expect([...disk.files().keys()], where).toEqual([path]);
  }
});

test('once it is told to be done, what was added meanwhile outlives a power cut', async () => {
  const disk = aRun();
  const faults = new FaultDisk(disk);
  faults.before = async (call) => {
    if (call.startsWith('rename')) await (await disk.append(path)).write(Buffer.from(line('c')));
  };
  await addSeals(faults, '/run', seals);
  for (const state of disk.crashStates()) expect(listIn(state)).toBe(sealed + line('c'));
});

test('a list that another program begins anew before it has its new name is read again', async () => {
  const disk = aRun();
  disk.plant(path, line('a').repeat(3));
  const faults = new FaultDisk(disk);
  let looks = 0;
  faults.before = async (call) => {
    if (call === `lookAt ${path}`) looks += 1;
    if (looks !== 2 || call !== `lookAt ${path}`) return;
    const file = await disk.reopen(path);
    await file.truncate();
    await file.write(Buffer.from(line('c')));
  };
  await addSeals(faults, '/run', seals);
  expect(listIn(disk)).toBe(line('c') + line('b'));
});

test('a list that another program makes meanwhile is added to', async () => {
  for (let call = 1; ; call += 1) {
    const disk = new MemoryDisk();
    disk.plant('/run/any', '');
    const faults = new FaultDisk(disk);
    let isMade = false;
    faults.before = () => {
      if (faults.calls.length !== call || disk.files().has(path)) return;
      isMade = true;
      disk.plant(path, line('c'));
    };
    await addSeals(faults, '/run', seals);
    if (faults.calls.length < call) return;
    expect(listIn(disk), `call ${call}`).toBe(isMade ? line('c') + line('b') : line('b'));
  }
});

test('a folder in the place of the list is said, and nothing is changed', async () => {
  const disk = new MemoryDisk();
  disk.plant(`${path}/x`, '');
  await expect(addSeals(disk, '/run', seals)).rejects.toThrow('is no regular file');
  expect([...disk.files().keys()]).toEqual([`${path}/x`]);
});

test('lines of others stay as they are to the byte, whatever their names are encoded in', async () => {
  const disk = new MemoryDisk();
  const theirs = Buffer.from(`${'a'.repeat(64)}  mod\xe8le.pt`, 'latin1');
  disk.plant(path, theirs);
  await addSeals(disk, '/run', seals);
  expect(disk.files().get(path)).toEqual(Buffer.concat([theirs, Buffer.from(`\n${line('b')}`)]));
});
