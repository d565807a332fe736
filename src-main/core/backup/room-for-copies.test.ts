import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { fillDisk, freeOn, mayMount, smallDisk } from '../files/small-disk.fixture.ts';
import { stageFile } from '../files/stage-file.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

const margin = 1 << 20;

interface Copying {
  run: string;
  /** A folder elsewhere that is not there yet. */
  to: string;
  ids: string[];
  /** Bytes of the larger version with its sidecar. */
  size: number;
  /** A backup of both versions, in a folder elsewhere. */
  backup: string;
}

/** A run of two versions with a backup. */
async function prepared(folder = temporaryFolder()): Promise<Copying> {
  const run = join(folder, 'run');
  const ids = [1, 2].map((version) => saveModel(run, version, { elements: 200_000 + version }));
  const sizes = ids.map((id) => sizeOf(run, id) + sizeOf(run, id.replace(/pt$/, 'json')));
  const { manager } = await open(run);
  const { manifest } = await manager.backups.create(new Set(ids), { to: temporaryFolder() });
  return { run, to: join(folder, 'to'), ids, size: Math.max(...sizes), backup: manifest.id };
}

const sizeOf = (run: string, id: string) => statSync(join(run, id)).size;

async function open(run: string, disk?: Partial<Disk>) {
  const notices: string[] = [];
  const onNotice = (text: string) => notices.push(text);
  const own = disk ? { disk: { ...realDisk, ...disk } } : {};
  const manager = new ModelManager(run, { appData: temporaryFolder(), onNotice, ...own });
  onTestFinished(() => manager.close());
  await manager.look();
  return { manager, notices };
}

/** A disk that says so much of itself. */
const says = (free: number, isSharing = false): Partial<Disk> => ({
  freeSpace: async () => free,
  mayShare: async () => isSharing,
});

type Act = (manager: ModelManager, copying: Copying) => Promise<unknown>;

const acts: [what: string, act: Act, arrange: (copying: Copying) => void][] = [
  ['backup', (manager, { ids }) => manager.backups.create(new Set(ids)), () => undefined],
  ['backup', (manager, { ids, to }) => manager.backups.create(new Set(ids), { to }), () => undefined],
  ['export', (manager, { ids, to }) => manager.exportVersions(ids, to), () => undefined],
  [
    'restore',
    (manager, { backup }) => manager.backups.restore(backup, null),
    ({ run, ids }) => {
      for (const id of ids) rmSync(join(run, id));
    },
  ],
];

/** Every file below a folder, but what says that something was tried. */
function contents(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const told = paths.filter((path) => !/\/(log\.jsonl|lock)$/.test(path) && !path.includes('/reserve/'));
  return new Map(told.sort().map((path) => [path, readFileSync(path, 'latin1')]));
}

describe.each(acts)('%s: %s', (what, act, arrange) => {
  test('without room for all of it is refused before anything is written', async () => {
    const copying = await prepared();
    arrange(copying);
    const { manager } = await open(copying.run, {
      ...says(margin + Math.floor(1.5 * copying.size)),
      clone: () => Promise.reject(new Error('nothing is copied')),
      create: (path) => (path.includes('.tmp') ? Promise.reject(new Error(path)) : realDisk.create(path)),
    });
    const was = contents(copying.run);
    await expect(act(manager, copying)).rejects.toThrow(
      new RegExp(
        `^no space for this ${what} — it needs [\\d,]+ bytes and 1 MiB beside them, [\\d,]+ are free — [^\\n]+$`,
      ),
    );
    expect(contents(copying.run)).toEqual(was);
    expect(existsSync(copying.to)).toBe(false);
  });

  test('is done on a disk on which copies share their bytes, however little is free', async () => {
    const copying = await prepared();
    arrange(copying);
    const { manager } = await open(copying.run, says(margin, true));
    await act(manager, copying);
  });

  test('is done where the disk does not tell what is free', async () => {
    const copying = await prepared();
    arrange(copying);
    const refuse = async () => Promise.reject(Object.assign(new Error('ENOSYS'), { code: 'ENOSYS' }));
    const { manager, notices } = await open(copying.run, { freeSpace: refuse });
    await act(manager, copying);
    expect(notices).toEqual([]);
  });

  test('says when the disk runs low, and nothing while it does not', async () => {
    const copying = await prepared();
    for (const [free, said] of [
      [3.5 * (2 * copying.size + margin), `there is room for 3 more ${what}s of this size`],
      [1e12, null],
    ] as const) {
      arrange(copying);
      rmSync(copying.to, { recursive: true, force: true });
      const { manager, notices } = await open(copying.run, says(free));
      await act(manager, copying);
      expect(notices).toEqual(said === null ? [] : [`the disk is running low: ${said}`]);
    }
  });
});

test('a backup needs no room for what its folder holds already, but for one copy at a time', async () => {
  const { run, ids, size } = await prepared();
  const { manager } = await open(run);
  await manager.backups.create(new Set(ids));
  const short = await open(run, says(margin + size));
  expect((await short.manager.backups.create(new Set(ids))).skipped).toEqual([]);
  const shorter = await open(run, says(margin + size - 1000));
  await expect(shorter.manager.backups.create(new Set(ids))).rejects.toThrow('no space for this backup');
});

test('where room is short, what a backup cut short left goes first, and is looked for once', async () => {
  const { run, ids, size, to } = await prepared();
  const { manager } = await open(run);
  await manager.backups.create(new Set(ids.slice(1)), { to });
  const { pid } = spawnSync(process.execPath, ['--version']);
  const staged = basename((await stageFile(new MemoryDisk(), '', 'object', [])).path);
  const left = put(to, `objects/${staged.replace(`.${process.pid}.`, `.${pid}.`)}`, 'half');
  let looks = 0;
  const short = await open(run, {
    freeSpace: async () => margin + (existsSync(left) ? 0 : 2 * size),
    readdir: (path) => {
      if (path === join(to, 'objects')) looks += 1;
      return realDisk.readdir(path);
    },
  });
  await short.manager.backups.create(new Set(ids), { to });
  expect(looks).toBe(1);
});

test('what a backup copies is looked at several files at a time', async () => {
  const { run, ids } = await prepared();
  let [now, most] = [0, 0];
  const { manager } = await open(run, {
    lookAt: async (path) => {
      const isSidecar = path.startsWith(join(run, 'best_models')) && path.endsWith('.json');
      if (isSidecar) [now, most] = [now + 1, Math.max(most, now + 1)];
      return realDisk.lookAt(path).finally(() => {
        if (isSidecar) now -= 1;
      });
    },
  });
  await manager.backups.create(new Set(ids));
  expect(most).toBeGreaterThan(1);
});

test('a file with several names comes into a backup once', async () => {
  const { run, ids } = await prepared();
  const [id = ''] = ids;
  const other = id.replace('_v0001', '_v0009');
  linkSync(join(run, id), join(run, other));
  const size = sizeOf(run, id) + sizeOf(run, id.replace(/pt$/, 'json'));
  const { manager } = await open(run, says(margin + size));
  expect((await manager.backups.create(new Set([id, other]))).skipped).toEqual([]);
});

test('a restore of what is already the same asks for no room', async () => {
  const { run, backup } = await prepared();
  const { manager, notices } = await open(run, says(0));
  expect((await manager.backups.restore(backup, null)).operation).toBeNull();
  expect(notices).toEqual([]);
});

describe.skipIf(!mayMount)('on a small disk', () => {
  test.each(acts)('%s: without room for it everything is as it was', async (what, act, arrange) => {
    const disk = smallDisk('tmpfs');
    const copying = await prepared(disk);
    arrange(copying);
    put(disk, 'spare', Buffer.alloc(margin + copying.size));
    fillDisk(disk, 'bytes');
    rmSync(join(disk, 'spare'));
    const { manager } = await open(copying.run);
    const was = contents(copying.run);
    await expect(act(manager, copying)).rejects.toThrow(`no space for this ${what} — `);
    expect(contents(copying.run)).toEqual(was);
    expect(freeOn(disk).bytes).toBeGreaterThan(margin);
  });
});
