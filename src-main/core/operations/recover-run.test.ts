import { spawnSync } from 'node:child_process';
import { basename } from 'node:path/posix';
import { expect, test } from 'vitest';
import { ownStoreFolders } from '../backup/stores-of-run.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk, type MemoryDiskOptions } from '../files/memory-disk.fixture.ts';
import { stageFile } from '../files/stage-file.ts';
import { type Deed, perform, plant, recover, rewrite, seen } from './history.fixture.ts';
import { parseOperation } from './operation.ts';
import { type Recovery, recoverRun } from './recover-run.ts';
import { run, type Scenario } from './scenario.fixture.ts';
import { scenarios } from './scenarios.fixture.ts';

const named = ['best_models', ...ownStoreFolders];
const folders = [...named, '.cairn', '.cairn/intents', '.cairn/backups/objects', '.cairn/backups/manifests'];

const nothing: Pick<Scenario, 'prepare' | 'act'> = {
  prepare: async () => new MemoryDisk(),
  act: async () => undefined,
};

/** What became of each operation that was interrupted, by its id. */
function became({ ended }: Recovery): Record<string, 'finished' | 'undone'> {
  return Object.fromEntries(
    ended.map(({ operation, obstacle }) => [operation.id, obstacle === null ? 'finished' : 'undone']),
  );
}

/** A name as this process stages it, of one that has ended. */
async function abandonedName(): Promise<string> {
  const disk = new MemoryDisk();
  const { pid } = spawnSync(process.execPath, ['--version']);
  const { path } = await stageFile(disk, '', 'file', []);
  return basename(path).replace(`.${process.pid}.`, `.${pid}.`);
}

test.each(folders)(
  'Nothing is left behind: what an ended process left half written in %s is removed',
  async (folder) => {
    const disk = new MemoryDisk();
    const name = await abandonedName();
    disk.plant(`/run/${folder}/${name}`, 'half');
    disk.plant(`/run/${folder}/whole`, 'whole');
    expect(await recoverRun(disk, '/run', named)).toEqual({ ended: [], litter: [] });
    expect([...disk.files().keys()]).toEqual([`/run/${folder}/whole`]);
  },
);

test('what a living process is writing is left alone', async () => {
  const disk = new MemoryDisk();
  disk.plant('/run/best_models/x', '');
  const { path } = await stageFile(disk, '/run/best_models', 'file', []);
  await recoverRun(disk, '/run', ['best_models']);
  expect(await disk.lookAt(path)).not.toBeNull();
});

test('Nothing is left behind: what an earlier process of the same number left half written is removed', async () => {
  const disk = new MemoryDisk();
  disk.plant('/run/best_models/x', '');
  const { path } = await stageFile(disk, '/run/best_models', 'file', []);
  const earlier = path.replace(/[0-9a-f]{16}\.tmp$/, '0123456789abcdef.tmp');
  disk.plant(earlier, 'half');
  await recoverRun(disk, '/run', ['best_models']);
  expect([...disk.files().keys()].sort()).toEqual([path, '/run/best_models/x'].sort());
});

test('what another machine may still be writing is left alone', async () => {
  const disk = new MemoryDisk();
  const name = (await abandonedName()).replace(/\.[A-Za-z0-9-]+(?=(\.\w+){3}\.tmp$)/, '.another-host');
  disk.plant(`/run/best_models/${name}`, 'half');
  await recoverRun(disk, '/run', ['best_models']);
  expect([...disk.files().keys()]).toEqual([`/run/best_models/${name}`]);
});

test('an intent that went, but not for good, does not come back once a recovery has looked', async () => {
  const disk = new MemoryDisk();
  plant(disk, 'notes.txt', 'a file of someone else');
  const saving = { do: 'save', text: 'a model', reward: 1 } as const;
  const faults = new FaultDisk(disk);
  faults.before = (call) => {
    if (call.startsWith('unlink') && call.endsWith('/intents/save-1.json')) faults.failFromNow('EIO');
  };
  await perform(faults, disk, saving, 1);
  expect(faults.failed).toBeGreaterThan(0);
  await recover(disk);
  for (const state of disk.crashStates())
    expect([...state.files().keys()].filter((path) => path.includes('/intents/'))).toEqual([]);
});

test('where a training wrote meanwhile, what was interrupted is taken back, and the run goes on', async () => {
  const disk = new MemoryDisk();
  plant(disk, 'checkpoints/checkpoint.pt', 'the first model');
  const cut = new FaultDisk(disk);
  cut.before = (call) => {
    if (call.startsWith('link')) cut.failFromNow('EPOWER');
  };
  await perform(cut, disk, { do: 'save', text: 'a model', reward: 1 }, 1).catch(() => undefined);
  await disk.unlink('/data/run/checkpoints/checkpoint.pt');
  plant(disk, 'checkpoints/checkpoint.pt', 'of a training');
  expect(became(await recover(disk))).toEqual({ 'save-1': 'undone' });
  expect(seen(disk).get('checkpoints/checkpoint.pt')).toBe('of a training');
  await perform(disk, disk, { do: 'save', text: 'a later model', reward: 1 }, 2);
  expect(seen(disk).get('checkpoints/checkpoint.pt')).toBe('a later model');
});

/** A run with something to save over, to trash, to bring back and to restore. */
async function lived(options: MemoryDiskOptions): Promise<MemoryDisk> {
  const disk = new MemoryDisk(options);
  plant(disk, 'notes.txt', 'a file of someone else');
  const deeds: Deed[] = [
    { do: 'save best', text: 'best 1', reward: 1 },
    { do: 'save', text: 'model 1', reward: 1 },
    { do: 'backup' },
    { do: 'save best', text: 'best 2', reward: 2 },
    { do: 'save', text: 'model 2', reward: 1 },
    { do: 'save', text: 'model 3', reward: 1 },
  ];
  for (const [index, deed] of deeds.entries()) await perform(disk, disk, deed, index + 1);
  return disk;
}

const interruptible: Deed[] = [
  { do: 'save', text: 'model 4', reward: 1 },
  { do: 'trash', pick: 0 },
  { do: 'undo', pick: 0 },
  { do: 'restore', pick: 0 },
];

/** The run as an operation leaves it that is killed at a call; null when it was over before. */
async function killedAt(start: MemoryDisk, deed: Deed, call: number): Promise<MemoryDisk | null> {
  const disk = start.copy();
  const faults = new FaultDisk(disk, { call, code: 'EPOWER', forever: true });
  await perform(faults, disk, deed, 10).catch(() => undefined);
  return faults.failed > 0 ? disk : null;
}

async function* unfinished(start: MemoryDisk, deed: Deed) {
  for (let call = 1; ; call += 1) {
    const disk = await killedAt(start, deed, call);
    if (!disk) return;
    if ([...disk.files().keys()].some((path) => /\/intents\/.*json$/.test(path))) yield { disk, call };
  }
}

test.each(interruptible.flatMap((deed) => [true, false].map((links) => ({ deed, links }))))(
  'what a training rewrites in place under an unfinished $deed.do keeps its name and its bytes; links: $links',
  async ({ deed, links }) => {
    let tried = 0;
    for await (const { disk, call } of unfinished(await lived({ links }), deed))
      for (const [path, text] of seen(disk)) {
        if (path.endsWith('.tmp')) continue;
        const rewritten = disk.copy();
        // The same length: the clock alone tells.
        const theirs = text.toUpperCase().replace(/^./, '#');
        rewrite(rewritten, path, theirs);
        await recover(rewritten);
        expect(seen(rewritten).get(path), `${path}, call ${call}`).toBe(theirs);
        expect([...rewritten.files().keys()].filter((name) => name.includes('/intents/'))).toEqual([]);
        tried += 1;
      }
    expect(tried).toBeGreaterThan(20);
  },
);

/** The record as an older version wrote it: it had no times. */
function asOlderVersions(disk: MemoryDisk): void {
  for (const [path, data] of disk.files()) {
    if (!/\/intents\/.*json$/.test(path)) continue;
    const { steps, ...rest } = parseOperation(data.toString(), basename(path, '.json'));
    const older = steps.map(({ mtime: _, replaced: __, ...step }) => step);
    disk.rewrite(path, JSON.stringify({ ...rest, steps: older }));
  }
}

test('by a record of an older version, which has no times, what was rewritten in place stays as well', async () => {
  const saving: Deed = { do: 'save', text: 'model 4', reward: 1 };
  const checkpoint = 'checkpoints/checkpoint.pt';
  for await (const { disk, call } of unfinished(await lived({}), saving)) {
    asOlderVersions(disk);
    const untouched = disk.copy();
    expect(became(await recover(untouched))).toEqual({ 'save-10': 'finished' });
    expect(seen(untouched).get(checkpoint)).toBe('model 4');
    rewrite(disk, checkpoint, 'MODEL ?');
    await recover(disk);
    expect(seen(disk).get(checkpoint), `call ${call}`).toBe('MODEL ?');
  }
});

test('what a training rewrote under an unfinished save is told in one line, with what became of the save', async () => {
  const disk = await lived({});
  for await (const { disk: killed } of unfinished(disk, { do: 'save', text: 'model 4', reward: 1 })) {
    rewrite(killed, 'checkpoints/checkpoint.pt', 'of a training');
    expect((await recover(killed)).ended.map(({ obstacle }) => obstacle)).toEqual([
      'the save that was interrupted was taken back — checkpoints/checkpoint.pt changed on disk meanwhile, and Cairn leaves it as it is — look at the run, and do it again if that is still wanted',
    ]);
    return;
  }
});

test('folders that the trash needs no more are removed', async () => {
  const disk = new MemoryDisk();
  plant(disk, '.cairn/trash/notes', '');
  await disk.mkdir('/data/run/.cairn/trash/prune-1');
  await disk.mkdir('/data/run/.cairn/trash/prune-1/files');
  await recover(disk);
  expect(await disk.readdir('/data/run/.cairn/trash')).toEqual(['notes']);
});

test('what is taken back gets back what was listed of it, where the list had been changed', async () => {
  const { prepare, act } = scenarios.find(({ name }) => name === 'a save over a sealed one') ?? nothing;
  const disk = await prepare();
  const listed = () => disk.files().get(`${run}/SHA256SUMS`)?.toString();
  const before = listed();
  const faults = new FaultDisk(disk);
  faults.before = (call) => {
    if (!/^rename .*intents.*manifest/.test(call)) return;
    faults.failFromNow('EPOWER');
    throw new Error('EPOWER');
  };
  await act(faults);
  expect(listed()).not.toBe(before);
  disk.plant(`${run}/checkpoints/checkpoint.pt.backup`, 'of a training');
  const { ended } = await recoverRun(disk, run, named);
  expect(ended[0]?.obstacle).not.toBeNull();
  expect(listed()).toBe(before);
});

/** A disk on which what has this in its path stays, as where somebody has a file open that the system does not give away. */
function stuck(disk: MemoryDisk, part: string): FaultDisk {
  const faults = new FaultDisk(disk);
  faults.before = (call) => {
    if (/^(?:unlink|rmdir) /.test(call) && call.includes(part))
      throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
  };
  return faults;
}

test.each(['a deletion that was interrupted', 'what an ended process left half written'])(
  'where %s cannot be removed, that holds up nobody, and it goes once it can',
  async (what) => {
    const disk = new MemoryDisk();
    const path =
      what === 'a deletion that was interrupted'
        ? '.cairn/trash/.prune-1.deleted/files/model.pt'
        : `best_models/${await abandonedName()}`;
    disk.plant(`/run/${path}`, 'of no use');
    disk.plant('/run/.cairn/trash/notes', '');
    const part = path.replace('/files/model.pt', '');
    const { litter } = await recoverRun(stuck(disk, part), '/run', named);
    expect(litter).toEqual([{ path: `/run/${part}`, error: expect.objectContaining({ code: 'EBUSY' }) }]);
    expect((await recoverRun(disk, '/run', named)).litter).toEqual([]);
    expect([...disk.files().keys()]).toEqual(['/run/.cairn/trash/notes']);
  },
);
