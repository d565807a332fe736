import { expect, test } from 'vitest';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { type Deed, perform, plant, recover, rewrite, seen, trashOf, undoById } from './history.fixture.ts';

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

test('Told to be done means durable: what the disk did not confirm to be there for good is never told to be done', async () => {
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

test('Told to be done means durable: where the file system cannot sync folders, a save is done and says that it may not last', async () => {
  const disk = await savedOnce();
  const limited = new FaultDisk(disk);
  limited.before = (call) => {
    if (call.startsWith('syncFolder')) throw Object.assign(new Error('EINVAL'), { code: 'EINVAL' });
  };
  expect(await perform(limited, disk, saving, 2)).toMatchObject({
    warnings: [expect.stringContaining('does not confirm')],
  });
});

test('Whole or not at all: while a file is replaced its name always stands for the old one or the new one', async () => {
  const disk = await savedOnce();
  const found = new Set<string>();
  const watched = new FaultDisk(disk);
  watched.before = () => {
    found.add(seen(disk).get('checkpoints/checkpoint.pt') ?? 'nothing');
  };
  await perform(watched, disk, saving, 2);
  expect([...found]).toEqual(['the first model', 'a model']);
});

/** The run after an operation in the middle of which, at each call in turn, a training wrote to a file itself. */
async function* writtenToAtEachCall(start: MemoryDisk, deed: Deed, path: string) {
  const probe = new FaultDisk(start.copy());
  await perform(probe, start, deed, 2);
  // By the first call that changes anything, the operation has seen the file.
  const begun = probe.calls.findIndex((call) => /^(?:create|mkdir)/.test(call)) + 1;
  for (let call = begun; call <= probe.calls.length; call += 1) {
    const disk = start.copy();
    const faults = new FaultDisk(disk);
    let written = false;
    faults.before = () => {
      if (faults.calls.length !== call || !seen(disk).has(path)) return;
      rewrite(disk, path, 'OF A TRAINING');
      written = true;
    };
    await perform(faults, start, deed, 2).catch(() => undefined);
    if (written) yield { disk, call };
  }
}

test.each(
  [true, false].flatMap((links) => [
    { deed: saving, path: 'checkpoints/checkpoint.pt', links },
    { deed: { do: 'trash', pick: 0 } as const, path: 'best_models/model.pt', links },
  ]),
)(
  'a training that writes to the file itself during a $deed.do finds its bytes where it wrote them; links: $links',
  async ({ deed, path, links }) => {
    const start = new MemoryDisk({ links });
    for (const name of [path, path.replace('.pt', '.json')]) plant(start, name, 'the first one');
    let tried = 0;
    for await (const { disk, call } of writtenToAtEachCall(start, deed, path)) {
      expect(seen(disk).get(path), `call ${call}`).toBe('OF A TRAINING');
      tried += 1;
    }
    expect(tried).toBeGreaterThan(15);
  },
);

/** What the trash holds of a save over another program's file, once that came at each call in turn and the save was taken back. */
async function* takenBackAtEachCall(path: string) {
  const probe = new FaultDisk(await savedOnce());
  await perform(probe, await savedOnce(), saving, 2);
  for (let call = 1; call <= probe.calls.length; call += 1) {
    const disk = await savedOnce();
    const faults = new FaultDisk(disk);
    faults.before = () => {
      if (faults.calls.length === call) plant(disk, path, 'OF A TRAINING');
    };
    const failed = await perform(faults, disk, saving, 2).then(
      () => false,
      () => true,
    );
    const kept = failed ? (await trashOf(disk)).filter(({ id }) => id === 'save-2') : [];
    for (const operation of kept) yield { disk, operation, call };
  }
}

test('Acknowledged is kept: what a save that was taken back had to leave in the trash comes back by its record, and no limit has it go', async () => {
  const path = 'checkpoints/checkpoint.pt';
  let tried = 0;
  for await (const { disk, operation, call } of takenBackAtEachCall(path)) {
    expect(seen(disk).get(path), `call ${call}`).toBe('OF A TRAINING');
    expect(operation).toMatchObject({ automatic: false, files: [expect.stringContaining(path)] });
    expect(operation.steps).toHaveLength(1);
    for (const state of disk.crashStates()) {
      await recover(state);
      expect(
        (await trashOf(state)).map(({ id }) => id),
        `a power cut after call ${call}`,
      ).toContain('save-2');
    }
    await undoById(disk, operation.id, 3);
    expect(seen(disk).get(path)).toBe('the first model');
    expect([...seen(disk).keys()]).toContain('checkpoints/checkpoint.json');
    tried += 1;
  }
  expect(tried).toBeGreaterThan(0);
});

test('A failure changes nothing, or says that it is uncertain: so where an intent cannot be taken away, for whatever reason', async () => {
  const disk = await savedOnce();
  const faults = new FaultDisk(disk);
  let isAnnounced = false;
  faults.before = (call) => {
    // Its name is there, and not for good.
    if (isAnnounced && call.startsWith('syncFolder') && faults.failed === 0) {
      faults.failed += 1;
      throw Object.assign(new Error('EIO'), { code: 'EIO' });
    }
    isAnnounced ||= call.startsWith('rename') && call.endsWith('/intents/save-2.json');
    // As where somebody moved the folder away: no error of the system.
    if (call.startsWith('unlink') && call.endsWith('/intents/save-2.json')) throw new Error('moved away');
  };
  await expect(perform(faults, disk, saving, 2)).rejects.toThrow('it is uncertain whether this was done');
});

test('A failure changes nothing: what was told to have failed is not done after a power cut either', async () => {
  const moving: Deed = { do: 'trash', pick: 0 };
  const start = new MemoryDisk();
  for (const path of ['best_models/model.pt', 'best_models/model.json']) plant(start, path, 'of a training');
  const probe = new FaultDisk(start.copy());
  await perform(probe, start, moving, 1);
  for (let call = 1; call <= probe.calls.length; call += 1) {
    const disk = start.copy();
    const error = await perform(
      new FaultDisk(disk, { call, code: 'EIO', forever: false }),
      start,
      moving,
      1,
    ).then(() => null, String);
    if (error === null || error.includes('uncertain')) continue;
    for (const state of disk.crashStates()) {
      await recover(state);
      expect(seen(state), `${probe.calls[call - 1]}: ${error}`).toEqual(seen(start));
      expect(await trashOf(state)).toEqual([]);
    }
  }
});
