import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { saveModel } from './catalog/run.fixture.ts';
import { ModelNotFoundError, UsageError } from './errors.ts';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import type { Verification } from './integrity/verification.ts';
import { openRunFolder } from './open-run-folder.ts';
import { RunReader } from './run-reader.ts';

async function open(run: string, appData = temporaryFolder()): Promise<RunReader> {
  const manager = new RunReader(run, { appData });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

async function verify(manager: RunReader): Promise<Verification[]> {
  const results: Verification[] = [];
  await manager.verify(null, (result) => results.push(result), { jobs: 1 });
  return results;
}

/** Makes a file look as if nobody had touched it for long. */
function age(run: string, id: string): void {
  utimesSync(join(run, id), 1000, 1000);
}

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  const place = bytes.indexOf('data/0') + 70;
  bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
  writeFileSync(path, bytes);
}

test('a version of the far future is the latest, and that is told', async () => {
  const run = temporaryFolder();
  saveModel(run, 1);
  expect((await open(run)).problems).toEqual([]);
  const id = saveModel(run, 2, { sidecar: { timestamp: '2099-01-02T03:04:05' } });
  const manager = await open(run);
  expect((await manager.latest()).id).toBe(id);
  expect(manager.problems).toEqual([
    { path: id, problem: expect.stringContaining('2099-01-02, has not come yet') },
  ]);
});

describe('the best version', () => {
  test('is the best that is intact: torn and changed ones are passed over, with the reason', async () => {
    const run = temporaryFolder();
    const [good, changed, torn] = [1, 2, 3].map((version) => saveModel(run, version, { elements: 40 })) as [
      string,
      string,
      string,
    ];
    flipBit(join(run, changed));
    truncateSync(join(run, torn), 500);
    for (const id of [good, changed, torn]) age(run, id);
    const manager = await open(run);
    const { id, passedOver } = await manager.best();
    expect(id).toBe(good);
    expect(passedOver).toEqual([
      { id: torn, why: expect.stringMatching(/^torn: 500 of /) },
      { id: changed, why: expect.stringMatching(/^mismatch: /) },
    ]);
    expect((await manager.latest()).id).toBe(good);
    expect(manager.version(good)).toMatchObject({
      integrity: { state: 'verified' },
      is_best: true,
      is_latest: true,
    });
    expect(manager.version(torn)?.integrity.state).toBe('torn');
  });

  test('is by the metric and direction of the run’s config, or those asked for', async () => {
    const run = temporaryFolder();
    put(
      run,
      '.hydra/config.yaml',
      'storage: {best_model_selection_metric: sharpe, best_model_selection_mode: min}',
    );
    const low = saveModel(run, 1, { sidecar: { metrics: { sharpe: -2, win: 0.9 } } });
    const high = saveModel(run, 2, { sidecar: { metrics: { sharpe: 3, win: 0.1 } } });
    saveModel(run, 3, { sidecar: { metrics: { sharpe: '<NaN>' } } });
    const manager = await open(run);
    expect(manager.metric).toEqual({ name: 'sharpe', mode: 'min', source: 'config' });
    const asked = (name: string, mode: 'max' | 'min') => manager.best({ name, mode, source: 'asked' });
    expect((await manager.best()).id).toBe(low);
    expect((await asked('sharpe', 'max')).id).toBe(high);
    expect((await asked('win', 'min')).id).toBe(high);
    expect((await asked('reward', 'max')).id).toContain('v0003');
    expect((await asked('toString', 'max')).id).toBeNull();
  });

  test('is, on a tie, a best model before a checkpoint, then the earlier', async () => {
    const run = temporaryFolder();
    const checkpoint = saveModel(run, 1, { reward: 0.5, folder: 'checkpoints' });
    const early = saveModel(run, 2, { reward: 0.5 });
    const late = saveModel(run, 3, { reward: 0.5 });
    const manager = await open(run);
    expect((await manager.best()).id).toBe(early);
    truncateSync(join(run, early), 10);
    truncateSync(join(run, late), 10);
    expect((await (await open(run)).best()).id).toBe(checkpoint);
  });

  test('of an empty run is none', async () => {
    const manager = await open(temporaryFolder());
    expect(await manager.best()).toEqual({ id: null, passedOver: [] });
    expect(manager.isRun()).toBe(false);
  });
});

describe('what verifying found', () => {
  test('is remembered, and tells bit rot from change the next time', async () => {
    const run = temporaryFolder();
    const [rotten, written, gone] = [1, 2, 3].map((version) => saveModel(run, version, { elements: 40 })) as [
      string,
      string,
      string,
    ];
    for (const id of [rotten, written]) age(run, id);
    const first = await open(run);
    expect((await verify(first)).map(({ integrity }) => integrity.state)).toEqual([
      'verified',
      'verified',
      'verified',
    ]);
    expect((await open(run)).version(gone)?.integrity).toMatchObject({
      state: 'verified',
      checked_at: expect.any(String),
    });
    flipBit(join(run, rotten));
    age(run, rotten);
    flipBit(join(run, written));
    const second = await open(run);
    expect(second.version(rotten)?.integrity.state).toBe('unverified');
    const causes = Object.fromEntries(
      (await verify(second)).map(({ id, integrity }) => [id, integrity.cause]),
    );
    expect(causes).toEqual({ [rotten]: 'bit-rot', [written]: 'changed', [gone]: null });
    expect(second.version(rotten)?.is_best).toBe(false);
  });

  test('is kept elsewhere for a run that must not be written to, which stays untouched', async () => {
    const [run, appData] = [temporaryFolder(), temporaryFolder()];
    const id = saveModel(run, 1);
    const before = readdirSync(run, { recursive: true }).sort();
    chmodSync(run, 0o555);
    await verify(await open(run, appData));
    expect(readdirSync(run, { recursive: true }).sort()).toEqual(before);
    expect((await open(run, appData)).version(id)?.integrity.state).toBe('verified');
  });

  test('is not even asked for by looking, choosing and describing: nothing is written', async () => {
    const run = temporaryFolder();
    const id = saveModel(run, 1);
    const before = readdirSync(run, { recursive: true }).sort();
    const manager = await open(run);
    await manager.best();
    await manager.latest();
    await manager.checkStructures();
    manager.describe(id);
    expect(readdirSync(run, { recursive: true }).sort()).toEqual(before);
  });
});

test('what a look at the run found as it still is was seen twice: another look does not wait for it', async () => {
  const run = temporaryFolder();
  const [model = ''] = [1, 2].map((version) => saveModel(run, version, { sidecar: null }));
  const manager = await open(run);
  let waits = 0;
  const wait = (waiting: Promise<void>) => {
    waits += 1;
    return waiting;
  };
  await manager.look({ wait });
  expect(waits).toBe(0);
  appendFileSync(join(run, model), 'more');
  await manager.look({ wait });
  expect(waits).toBe(1);
});

test('structures are looked at on request, and torn files lose their badges', async () => {
  const run = temporaryFolder();
  const [good, torn] = [1, 2].map((version) => saveModel(run, version, { sidecar: null, elements: 40 })) as [
    string,
    string,
  ];
  truncateSync(join(run, torn), 500);
  const manager = await open(run);
  expect(manager.version(torn)).toMatchObject({ is_best: true, integrity: { state: 'unsealed' } });
  await manager.checkStructures();
  expect(manager.version(torn)).toMatchObject({ is_best: false, integrity: { state: 'torn' } });
  expect(manager.version(good)).toMatchObject({ is_best: true });
});

test('while it is followed a run tells of saves, and of torn files, by itself', async () => {
  const run = temporaryFolder();
  const good = saveModel(run, 1, { elements: 40 });
  const manager = await open(run);
  const told = new Set<string>();
  manager.subscribe((event) => event.type === 'versions' && event.changed.forEach((id) => void told.add(id)));
  manager.follow();
  await vi.waitFor(() => expect(manager.watch.state).toBe('live'), 15_000);
  const id = saveModel(run, 2, { elements: 40, sidecar: null });
  await vi.waitFor(() => expect(manager.version(id)?.is_best).toBe(true), 15_000);
  truncateSync(join(run, id), 500);
  await vi.waitFor(
    () => expect(manager.version(id)).toMatchObject({ is_best: false, integrity: { state: 'torn' } }),
    15_000,
  );
  expect(told.has(id)).toBe(true);
  expect(manager.totals()).toMatchObject({ count: 2, wrong: 1 });
  expect(manager.bestValue).toBe(manager.version(good)?.reward);
});

test('what was missing while the folder was away is there again once it is back', async () => {
  const run = join(temporaryFolder(), 'run');
  mkdirSync(run);
  const id = saveModel(run, 1, { elements: 40 });
  age(run, id);
  const manager = await open(run);
  manager.follow();
  await vi.waitFor(() => expect(manager.watch.state).toBe('live'), 15_000);
  renameSync(run, `${run}-away`);
  await vi.waitFor(() => expect(manager.watch.state).toBe('gone'), 15_000);
  await manager.verify(null, () => undefined, { jobs: 1 });
  expect(manager.version(id)?.integrity.state).toBe('missing');
  renameSync(`${run}-away`, run);
  await vi.waitFor(() => expect(manager.version(id)).toMatchObject({ is_best: true }), 15_000);
  expect(manager.version(id)?.integrity.state).toBe('unverified');
});

test('a run that is deleted while it is looked at leaves the list of all that it held; what is there again is what is listed', async () => {
  const run = join(temporaryFolder(), 'run');
  mkdirSync(run);
  const ids = [1, 2, 3, 4, 5, 6].map((version) => saveModel(run, version, { elements: 40 }));
  for (const id of ids) age(run, id);
  const manager = await open(run);
  manager.follow();
  await vi.waitFor(() => expect(manager.watch.state).toBe('live'), 15_000);
  rmSync(run, { recursive: true });
  await vi.waitFor(() => expect(manager.watch.state).toBe('gone'), 15_000);
  expect(
    manager
      .versions()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(ids);
  expect(manager.totals().wrong).toBe(0);
  mkdirSync(run);
  const again = saveModel(run, 2);
  await vi.waitFor(() => expect(manager.versions().map(({ id }) => id)).toEqual([again]), 15_000);
});

test('a version that is not there is not found, and names nothing that could move the cursor', async () => {
  const manager = await open(temporaryFolder());
  expect(() => manager.describe('../../etc/passwd')).toThrow(ModelNotFoundError);
  expect(() => manager.describe('a\u001b[2J')).toThrow('a\\u001b[2J');
});

test.each(['/nowhere/at all', '/dev/null', ''.padEnd(5000, 'x')])(
  '%.30j is refused as a run in one line',
  (folder) => {
    expect(() => openRunFolder(folder)).toThrow(UsageError);
    expect(() => openRunFolder(folder)).toThrow(/^[^\n]+ — [^\n]+ — [^\n]+$/);
  },
);

test.each(['2024-01-09', '', '2024-02-30T00:00:00', 'yesterday'])(
  'a version whose sidecar has no date that can be read, %j, is as new as its name says, and shows what is written',
  async (timestamp) => {
    const run = temporaryFolder();
    saveModel(run, 3, { sidecar: { timestamp: '2024-01-01T00:00:03' } });
    const id = saveModel(run, 4, { sidecar: { timestamp } });
    const manager = await open(run);
    expect(manager.badges.latest).toBe(id);
    expect(manager.version(id)?.timestamp).toBe(timestamp);
    const told = `its sidecar gives a date that cannot be read: “${timestamp}”`;
    expect(manager.version(id)?.problems).toEqual(timestamp === '' ? [] : [told]);
  },
);
