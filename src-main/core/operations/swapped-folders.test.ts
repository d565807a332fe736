import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { exportVersions } from '../backup/export-versions.ts';
import { filesOfVersions } from '../catalog/files-of-versions.ts';
import type { Disk } from '../files/disk.ts';
import { diskInside } from '../files/disk-inside.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { unsyncedDisk } from '../files/unsynced-disk.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { act, callsFromIntent, interruptedAt, interruptible, prepare } from './interrupted-run.fixture.ts';
import { type ChangingCall, changingCalls, idsIn, modelsOf, Swapper } from './swapped-folders.fixture.ts';

interface Operation {
  what: string;
  prepare: () => Promise<string>;
  act: (disk: Disk, run: string) => Promise<unknown>;
  /** Whether it writes to the folder `out` beside the run. */
  isExport?: boolean;
  /** Whether what it deletes is to be gone. */
  forGood?: boolean;
}

const managed = (run: string, disk: Disk) =>
  new ModelManager(run, { appData: temporaryFolder(), config: {}, disk });
const all = (run: string) => new Set(idsIn(run));
const [, save = fail(), prune = fail(), undone = fail()] = interruptible;

function fail(): never {
  throw new Error('there are fewer operations');
}

const clearLine = /^[^\n]+ — [^\n]+ — [^\n]+$/;
let calls: Promise<number[]> | null = null;

const operations: Operation[] = [
  ...[save, prune, undone].map(([what, before, work]) => ({
    what,
    prepare: () => prepare(before),
    act: (disk: Disk, run: string) => act(run, disk, work),
  })),
  {
    what: 'a backup',
    prepare: () => prepare([]),
    act: (disk, run) => managed(run, disk).backups.create(all(run)),
  },
  {
    what: 'a restore',
    prepare: async () => {
      const run = await prepare([]);
      await managed(run, unsyncedDisk).backups.create(all(run));
      for (const id of idsIn(run).slice(0, 2)) rmSync(join(run, id));
      return run;
    },
    act: async (disk, run) => {
      const manager = managed(run, disk);
      const [backup] = (await manager.backups.list()).backups;
      return manager.backups.restore(backup?.manifest.id ?? '', null);
    },
  },
  {
    what: 'an emptied trash',
    forGood: true,
    prepare: () => prepare([prune[2]]),
    act: (disk, run) => managed(run, disk).emptyTrash(),
  },
  {
    what: 'a recovery',
    prepare: async () => {
      calls ??= callsFromIntent(save[1], save[2]);
      return interruptedAt((await calls)[3] ?? 0, save[1], save[2]);
    },
    act: (disk, run) => managed(run, disk).recover(),
  },
  {
    what: 'an export',
    isExport: true,
    prepare: async () => {
      const run = await prepare([]);
      mkdirSync(outOf(run));
      onTestFinished(() => rmSync(outOf(run), { recursive: true, force: true }));
      return run;
    },
    act: (disk, run) => {
      const source = {
        placeOf: (path: string) => join(run, path),
        backupSuffix: '.backup',
        checksumOf: () => null,
      };
      const versions = filesOfVersions(run, defaultStorageConfig, all(run));
      return exportVersions(disk, source, versions, { path: outOf(run), made: null });
    },
  },
];

const outOf = (run: string) => `${run}-out`;

/** When the folder is swapped: before it is held, or while; or there is no guard at all. */
const times = {
  before: (root: string) => {
    const seen = new FaultDisk(diskInside(unsyncedDisk, root));
    return { seen, disk: seen };
  },
  while: (root: string) => {
    const seen = new FaultDisk(unsyncedDisk);
    return { seen, disk: diskInside(seen, root) };
  },
  unguarded: () => {
    const seen = new FaultDisk(unsyncedDisk);
    return { seen, disk: seen };
  },
};

/** A folder that was swapped, and what came of it. */
interface Strike {
  swapper: Swapper;
  run: string;
  before: Set<string>;
  /** Of the error; null for none. */
  message: string | null;
}

/** Each changing call of an operation, with each of its folders swapped at it, as long as somebody asks. */
async function* strikes(operation: Operation, time: keyof typeof times): AsyncGenerator<Strike> {
  const counting = new FaultDisk(unsyncedDisk);
  await operation.act(counting, await operation.prepare());
  for (const point of changingCalls(counting)) {
    const strike = await strikeAt(operation, time, point);
    if (strike.swapper.folder !== null) yield strike;
  }
}

async function strikeAt(
  operation: Operation,
  time: keyof typeof times,
  point: ChangingCall,
): Promise<Strike> {
  const run = await operation.prepare();
  const root = operation.isExport ? outOf(run) : run;
  const { seen, disk } = times[time](root);
  const before = operation.forGood ? new Set<string>() : modelsOf(run);
  const swapper = new Swapper();
  swapper.strikeAt(seen, point, operation.isExport ? dirname(root) : root);
  const message = await operation.act(disk, run).then(() => null, messageOf);
  return { swapper, run, before, message };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

describe.each(operations)('15: a folder that becomes a link during $what', (operation) => {
  test('would lead Cairn out of the run, were it followed', async () => {
    for await (const { swapper } of strikes(operation, 'unguarded')) if (swapper.harm().length > 0) return;
    expect.fail('no swap did any harm');
  });

  test.each(['before', 'while'] as const)('leads nowhere when it is swapped %s it is held', async (time) => {
    let struck = 0;
    for await (const { swapper, run, before, message } of strikes(operation, time)) {
      struck += 1;
      expect(swapper.harm()).toEqual([]);
      if (message !== null) expect(message).toMatch(clearLine);
      swapper.putBack();
      await managed(run, unsyncedDisk).recover();
      const after = modelsOf(run);
      expect([...before].filter((sum) => !after.has(sum))).toEqual([]);
    }
    expect(struck).toBeGreaterThan(2);
  });
});

test('15: what a folder leads to that becomes a link once a save has read its bytes is left alone', async () => {
  const run = await prepare([]);
  const swapper = new Swapper();
  const chunks = async function* () {
    yield Buffer.from('a model');
    swapper.swap(join(run, 'best_models'));
  };
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  const saving = manager.saveBestModel({ source: { chunks: chunks(), size: null }, reward: 1 });
  await expect(saving).rejects.toThrow(/best_models is not a folder — .* follows no link — /);
  expect(swapper.harm()).toEqual([]);
});

test('15: nor is the folder of an export that becomes a link', async () => {
  const run = await prepare([]);
  const out = join(temporaryFolder(), 'out');
  mkdirSync(out);
  const swapper = new Swapper();
  const disk = new FaultDisk(unsyncedDisk);
  disk.before = (call) => {
    if (call.startsWith('link ')) throw new Error(`${call} was not to be made`);
    if (call.startsWith('lookAt ') && call.endsWith('.tmp') && swapper.folder === null) swapper.swap(out);
  };
  const exporting = managed(run, disk).exportVersions([...all(run)], out);
  await expect(exporting).rejects.toThrow(/out failed — .* — remove what could not be taken back: /);
  expect(swapper.harm()).toEqual([]);
});
