import { describe, expect, test } from 'vitest';
import { sha256 } from '../catalog/run.fixture.ts';
import { markOf } from '../processes/process-stat.ts';
import { FaultDisk } from './fault-disk.fixture.ts';
import { MemoryDisk } from './memory-disk.fixture.ts';
import { isAbandonedStage, readChunks, stageCopy, stageFile } from './stage-file.ts';

const bytes = Buffer.alloc(300_000, 'weights ');
const chunks = [bytes.subarray(0, 100_001), bytes.subarray(100_001, 100_001), bytes.subarray(100_001)];
const checksum = sha256(bytes);

function diskWith(options = {}): MemoryDisk {
  const disk = new MemoryDisk(options);
  disk.plant('/run/old.pt', bytes);
  return disk;
}

function hashOf(disk: MemoryDisk, path: string): string {
  return sha256(disk.files().get(path) ?? Buffer.alloc(0));
}

describe('a staged file', () => {
  test.each([false, true])('has every byte on the medium, and its hash (short writes: %s)', async (short) => {
    const disk = diskWith();
    const faults = new FaultDisk(disk, null, short);
    const staged = await stageFile(faults, '/run', 'model.pt', chunks);
    expect(staged).toMatchObject({ checksum, size: bytes.length });
    await disk.syncFolder('/run');
    for (const state of disk.crashStates()) expect(hashOf(state, staged.path)).toBe(checksum);
  });

  test('leaves nothing behind, whatever call fails', async () => {
    const clean = new FaultDisk(diskWith());
    await stageFile(clean, '/run', 'model.pt', chunks);
    expect(clean.calls.length).toBeGreaterThan(5);
    for (let call = 1; call <= clean.calls.length; call += 1) {
      const disk = diskWith();
      const faults = new FaultDisk(disk, { call, code: 'EIO', forever: false });
      await expect(stageFile(faults, '/run', 'model.pt', chunks)).rejects.toThrow('EIO');
      expect([...disk.files().keys()]).toEqual(['/run/old.pt']);
    }
  });

  test('is synced once and no second time after that failed', async () => {
    const clean = new FaultDisk(diskWith());
    await stageFile(clean, '/run', 'model.pt', chunks);
    const call = clean.calls.indexOf('sync') + 1;
    const faults = new FaultDisk(diskWith(), { call, code: 'EIO', forever: false });
    await expect(stageFile(faults, '/run', 'model.pt', chunks)).rejects.toThrow('EIO');
    expect(faults.calls.filter((name) => name === 'sync')).toHaveLength(1);
  });

  describe('that is large', () => {
    const part = Buffer.alloc(33 * 1024 * 1024, 'weights ');
    const large = [part, part, part];
    const stage = (faults: FaultDisk) => stageFile(faults, '/run', 'model.pt', large);
    const written = (faults: FaultDisk) => faults.calls.filter((name) => name === 'write' || name === 'sync');

    test('goes to the medium while it is written', async () => {
      const faults = new FaultDisk(diskWith());
      expect(await stage(faults)).toMatchObject({ checksum: sha256(Buffer.concat(large)) });
      expect(written(faults)).toEqual(['write', 'write', 'sync', 'write', 'sync']);
    });

    test('comes to nothing where that fails, and is not synced again', async () => {
      const clean = new FaultDisk(diskWith());
      await stage(clean);
      const disk = diskWith();
      const call = clean.calls.indexOf('sync') + 1;
      const faults = new FaultDisk(disk, { call, code: 'EIO', forever: false });
      await expect(stage(faults)).rejects.toThrow('EIO: injected into sync');
      expect(written(faults).filter((name) => name === 'sync')).toHaveLength(1);
      expect([...disk.files().keys()]).toEqual(['/run/old.pt']);
    });

    test('is not given up, or closed, while that is under way', async () => {
      const faults = new FaultDisk(diskWith());
      let isUnderWay = false;
      faults.before = async (call) => {
        if (call === 'close') expect(isUnderWay).toBe(false);
        if (call !== 'sync') return;
        isUnderWay = true;
        await new Promise((resolve) => setTimeout(resolve, 50));
        isUnderWay = false;
      };
      async function* given() {
        yield part;
        yield part;
        throw new Error('given up');
      }
      await expect(stageFile(faults, '/run', 'model.pt', given())).rejects.toThrow('given up');
      expect(faults.calls).toContain('close');
    });
  });

  test('that the disk did not keep whole is refused', async () => {
    const disk = diskWith();
    const create = disk.create.bind(disk);
    disk.create = async (path) => ({ ...(await create(path)), size: async () => 7 });
    await expect(stageFile(disk, '/run', 'model.pt', chunks)).rejects.toThrow(
      'the disk kept 7 of 300,000 bytes',
    );
    expect([...disk.files().keys()]).toEqual(['/run/old.pt']);
  });

  test('on a disk that takes nothing more, ends', async () => {
    const disk = diskWith();
    const create = disk.create.bind(disk);
    disk.create = async (path) => ({ ...(await create(path)), write: async () => 0 });
    await expect(stageFile(disk, '/run', 'model.pt', chunks)).rejects.toThrow('ENOSPC');
  });
});

test.each([true, false])(
  'a copy has the same bytes, by clone or without (%s), and nothing is left of a failure',
  async (clones) => {
    const clean = new FaultDisk(diskWith({ clones }));
    expect(await stageCopy(clean, '/run/old.pt', '/run', 'backup')).toMatchObject({ checksum });
    for (let call = 1; call <= clean.calls.length; call += 1) {
      const disk = diskWith({ clones });
      const faults = new FaultDisk(disk, { call, code: 'EIO', forever: false });
      const copy = await stageCopy(faults, '/run/old.pt', '/run', 'backup').catch(() => null);
      const names = [...disk.files().keys()];
      expect(names).toEqual(copy ? ['/run/old.pt', copy.path] : ['/run/old.pt']);
      if (copy) expect(hashOf(disk, copy.path)).toBe(checksum);
    }
  },
);

test.each([true, false])('a copy has the mode of the original, by clone or without (%s)', async (clones) => {
  const disk = new MemoryDisk({ clones });
  disk.plant('/run/old.pt', bytes, 0o640);
  const { path } = await stageCopy(disk, '/run/old.pt', '/run', 'backup');
  expect((await disk.lookAt(path))?.mode).toBe(0o640);
});

test('while it is written only its owner may open it; then it gets its mode, on the medium as its bytes are', async () => {
  const disk = diskWith();
  const faults = new FaultDisk(disk);
  const modes = new Set<string>();
  faults.before = async (call) => {
    const path = faults.calls[0]?.split(' ')[1] ?? '';
    if (call === 'write' || call === 'sync')
      modes.add(`${call} ${(await disk.lookAt(path))?.mode.toString(8)}`);
  };
  await stageFile(faults, '/run', 'model.pt', chunks, 0o664);
  expect([...modes]).toEqual(['write 600', 'sync 664']);
});

test('where the file system has no such mode the file stays its owner’s alone; a disk that fails is no such', async () => {
  for (const code of ['EPERM', 'EIO']) {
    const faults = new FaultDisk(diskWith());
    faults.before = (call) => {
      if (call === 'chmod') throw Object.assign(new Error(code), { code });
    };
    const staged = stageFile(faults, '/run', 'model.pt', chunks, 0o644);
    if (code === 'EIO') await expect(staged).rejects.toThrow('EIO');
    else expect((await faults.lookAt((await staged).path))?.mode).toBe(0o600);
  }
});

test('a file is read in pieces that make the whole', async () => {
  const pieces: Buffer[] = [];
  for await (const piece of readChunks(diskWith(), '/run/old.pt')) pieces.push(Buffer.from(piece));
  expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
});

test('only what an ended process of this machine staged is abandoned', async () => {
  const target = `ü${'x'.repeat(400)}/../\n.pt`;
  const own = (await stageFile(diskWith(), '/run', target, chunks)).path.slice('/run/'.length);
  expect(own).toMatch(/^\.[\w.-]+\.tmp$/);
  expect(Buffer.byteLength(own)).toBeLessThan(256);
  const of = (pid: number) => own.replace(`.${process.pid}.`, `.${pid}.`);
  expect(isAbandonedStage(own)).toBe(false);
  expect(isAbandonedStage(of(process.ppid).replace(own.slice(-20, -12), markOf(process.ppid) ?? ''))).toBe(
    false,
  );
  expect(isAbandonedStage(of(2 ** 22 + 5))).toBe(true);
  expect(isAbandonedStage(of(2 ** 22 + 5).replace('.tmp', '.tmp2'))).toBe(false);
  expect(isAbandonedStage(`.model.pt.elsewhere-host.4194309.1.0123456789abcdef.tmp`)).toBe(false);
  expect(isAbandonedStage('.model.pt.tmp')).toBe(false);
});

test.runIf(process.platform === 'linux')(
  'what an ended process staged is abandoned also once another has its number',
  async () => {
    const own = (await stageFile(diskWith(), '/run', 'model.pt', chunks)).path.slice('/run/'.length);
    expect(isAbandonedStage(own.replace(`.${process.pid}.`, `.${process.ppid}.`))).toBe(true);
  },
);

test('a clone that fails half way leaves nothing, and the copy is made all the same', async () => {
  const disk = diskWith();
  disk.clone = async (_, to) => {
    disk.plant(to, 'half');
    throw new Error('EIO');
  };
  const staged = await stageCopy(disk, '/run/old.pt', '/run', 'backup');
  expect(staged.checksum).toBe(checksum);
  expect([...disk.files().keys()]).toEqual(['/run/old.pt', staged.path]);
});
