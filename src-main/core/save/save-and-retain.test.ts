import { truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { letAge } from '../files/let-age.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { agesFile } from '../trash/empty-trash.ts';
import type { SaveRequest } from './save-request.ts';

const day = 24 * 3600 * 1000;

function open(run: string, config: Partial<StorageConfig> = {}): ModelManager {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  return manager;
}

const of = (count: number, rest: Partial<SaveRequest> = {}): SaveRequest => {
  const bytes = writeTorchZip([count]);
  return { source: { chunks: [bytes], size: bytes.length }, reward: count, ...rest };
};

test.each(['trash:\n\tmax_age: null', 'trash: {max_age: nul}'])(
  'settings that are damaged delete nothing, say so, and leave retention as it is: %j',
  async (damaged) => {
    const run = temporaryFolder();
    put(run, '.cairn/settings.yaml', 'trash: {max_age: null}');
    const config = { max_best_models: 1 };
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 21 * day });
    const before = open(run, config);
    for (const count of [1, 2])
      await before.saveBestModel(of(count)).finally(() => vi.setSystemTime(Date.now() + 1000));
    vi.useRealTimers();
    const old = (await before.listTrash()).operations.map(({ id }) => id);
    expect(old).toHaveLength(1);
    letAge(join(run, agesFile), new Map(old.map((id) => [id, 21 * day])));

    put(run, '.cairn/settings.yaml', damaged);
    const manager = open(run, config);
    const { pruned, warnings } = await manager.saveBestModel(of(3));
    expect(pruned).toHaveLength(1);
    expect(warnings).toContainEqual(
      expect.stringMatching(/^nothing is deleted from the trash .*settings\.yaml: /),
    );
    expect((await manager.listTrash()).operations.map(({ id }) => id)).toEqual(expect.arrayContaining(old));
  },
);

test('a listener that fails makes no failure of a save that is done, and keeps nobody else from hearing of it', async () => {
  const manager = open(temporaryFolder());
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  onTestFinished(() => warned.mockRestore());
  const heard: string[] = [];
  manager.subscribe(() => {
    throw new Error('of the listener');
  });
  manager.subscribe((event) => void (event.type === 'versions' && heard.push(...event.changed)));
  const { id } = await manager.saveBestModel(of(1));
  expect(heard).toContain(id);
  expect(manager.version(id)?.integrity.state).toBe('verified');
  expect(warned.mock.calls[0]?.[0]).toMatchObject({ message: 'of the listener' });
});

test('a checksum that cannot be put on record makes no failure of a save that is done', async () => {
  const run = temporaryFolder();
  put(run, 'SHA256SUMS/in-the-way', '');
  const manager = open(run, { save_metadata: false });
  const { id, warnings } = await manager.saveBestModel(of(1));
  expect(warnings).toContainEqual(expect.stringContaining('it is saved, but its checksum is not on record'));
  expect(manager.log().at(-1)).toMatchObject({ command: 'save', ids: [id], result: 'done' });
});

test('a save is on record, and others may save, before retention reads what is to stay', async () => {
  const run = temporaryFolder();
  utimesSync(join(run, saveModel(run, 1, { reward: 99 })), 1000, 1000);
  const other = new ModelManager(run, { appData: temporaryFolder(), config: {}, wait: 0 });
  onTestFinished(() => other.close());
  const during: string[] = [];
  class Slow extends ModelManager {
    override async verify(...args: Parameters<ModelManager['verify']>): Promise<void> {
      if (during.length === 0) {
        during.push(...this.log().map(({ command, result }) => `${command} ${result}`));
        during.push((await other.saveCheckpoint(of(9))).id);
      }
      return super.verify(...args);
    }
  }
  const manager = new Slow(run, { appData: temporaryFolder(), config: { max_best_models: 2 } });
  onTestFinished(() => manager.close());
  await manager.saveBestModel(of(2, { prune: false }));
  const { pruned } = await manager.saveBestModel(of(3));
  expect(during).toEqual(['save done', 'save done', 'checkpoints/checkpoint.pt']);
  expect(pruned).toHaveLength(1);
});

test('a backup that fails makes no failure of a save that is done', async () => {
  const run = temporaryFolder();
  put(run, '.cairn/backups', 'a file in the way');
  const { warnings } = await open(run).saveBestModel(of(1, { backUpBest: true }));
  expect(warnings).toContainEqual(expect.stringMatching(/^it is saved, but not backed up: /));
});

test('what is emptied for a save that then has no space is in the log', async () => {
  const run = temporaryFolder();
  const config = { max_best_models: 1 };
  for (const count of [1, 2]) await open(run, config).saveBestModel(of(count));
  const bytes = writeTorchZip([3]);
  const disk: Disk = { ...realDisk, freeSpace: async () => bytes.length + (1 << 20) - 1 };
  const manager = new ModelManager(run, { appData: temporaryFolder(), config, disk });
  onTestFinished(() => manager.close());
  await expect(manager.saveBestModel(of(3))).rejects.toThrow('no space');
  expect((await manager.listTrash()).operations).toEqual([]);
  expect(manager.log()).toContainEqual(expect.objectContaining({ command: 'empty trash (its limits)' }));
});

describe('a torn file that is saved all the same', () => {
  const whole = writeTorchZip([500]);
  const tornBytes = { empty: Buffer.alloc(0), cut: whole.subarray(0, 900), zeros: Buffer.alloc(500) };
  const bytesOf = (bytes: Uint8Array, reward: number): SaveRequest => ({
    source: { chunks: [bytes], size: bytes.length },
    reward,
  });
  const stateOf = (manager: ModelManager, id: string) => manager.version(id)?.integrity.state;

  test.each(Object.entries(tornBytes))(
    'is torn at once and for good, and never the best: %s',
    async (_, bytes) => {
      const run = temporaryFolder();
      const manager = open(run);
      const good = await manager.saveBestModel(of(1));
      const { id, warnings } = await manager.saveBestModel(bytesOf(bytes, 99));
      expect(warnings).toContainEqual(expect.stringContaining('not recognised as a whole checkpoint'));
      for (const each of [manager, open(run)]) {
        await each.look();
        expect(stateOf(each, id)).toBe('torn');
        expect((await each.best()).id).toBe(good.id);
        expect((await each.latest()).id).toBe(good.id);
        expect(each.version(good.id)).toMatchObject({ is_best: true, is_latest: true });
      }
    },
  );

  test('takes no place of a good one, and removes none: it is said that nothing was pruned', async () => {
    const manager = open(temporaryFolder(), { max_best_models: 2 });
    const good = [await manager.saveBestModel(of(1)), await manager.saveBestModel(of(2))].map(({ id }) => id);
    for (const reward of [97, 98, 99]) {
      const { pruned, warnings } = await manager.saveBestModel(bytesOf(tornBytes.cut, reward));
      expect(pruned).toEqual([]);
      expect(warnings).toContainEqual(expect.stringMatching(/^nothing was pruned: .*torn/));
    }
    const { pruned } = await manager.saveBestModel(of(3));
    expect(pruned).toContain(good[0]);
    expect(pruned).not.toContain(good[1]);
    expect((await manager.listTrash()).operations).toHaveLength(1);
  });

  test('is told from one of a kind nobody knows, which is verified, and takes no place among those that are known', async () => {
    const manager = open(temporaryFolder(), { max_best_models: 1 });
    await manager.saveBestModel(of(1));
    const { id, pruned } = await manager.saveBestModel(bytesOf(Buffer.from('weights of my own'), 99));
    expect([stateOf(manager, id), pruned.length]).toEqual(['verified', 0]);
  });

  test.each([{ atomic_saves: false }, { save_metadata: false }])(
    'whatever the config says: %j',
    async (config) => {
      const manager = open(temporaryFolder(), config);
      const { id } = await manager.saveCheckpoint(bytesOf(tornBytes.cut, 1));
      await manager.look();
      expect(stateOf(manager, id)).toBe('torn');
    },
  );
});

test.each([
  ['no reward', { reward: undefined }, 'reward must be a number'],
  ['a reward that is a text', { reward: '0.5' }, 'reward must be a number'],
  [
    'metrics that are a list, and no reward',
    { reward: null, metrics: [1] },
    'number; metrics must be an object',
  ],
])('a save with %s is refused, and nothing is stored', async (_what, given, fault) => {
  const manager = open(temporaryFolder());
  const request = { ...of(1), ...given } as unknown as SaveRequest;
  await expect(manager.saveBestModel(request)).rejects.toMatchObject({
    name: 'ModelValidationError',
    message: expect.stringContaining(fault),
  });
  await manager.look();
  expect(manager.versions()).toEqual([]);
});

describe('an undo is told only where there is one', () => {
  test('not of a replaced file that the limits took at once', async () => {
    const run = temporaryFolder();
    put(run, '.cairn/settings.yaml', 'trash: {max_size: 1 B}');
    const manager = open(run, { max_best_models: 1 });
    const first = await manager.saveBestModel(of(1, { name: 'a.pt' }));
    const { replaced, emptied } = await manager.saveBestModel(of(2, { name: 'a.pt' }));
    expect(emptied).toContain(first.id);
    expect(replaced?.operation).toBeNull();
  });

  test('though of the same version something older went for it', async () => {
    const run = temporaryFolder();
    const manager = open(run, { max_best_models: 2 });
    for (const [name, reward] of [
      ['a.pt', 1],
      ['b.pt', 3],
      ['c.pt', 4],
      ['a.pt', 2],
    ] as const)
      await manager.saveBestModel(of(reward, { name }));
    const [old] = (await manager.listTrash()).operations;
    put(run, '.cairn/settings.yaml', `trash: {max_size: ${Math.round(1.5 * (old?.bytes ?? 0))} B}`);
    const next = open(run, { max_best_models: 2 });
    const { pruned, pruning, emptied } = await next.saveBestModel(of(1, { name: 'd.pt' }));
    expect([pruned, emptied]).toEqual([old?.versions, ['best_models/a.pt']]);
    const held = (await manager.listTrash()).operations.map((operation) => operation.id);
    expect(held).not.toContain(old?.id);
    expect(held).toEqual([pruning]);
  });
});

describe('Records agree, or it is told: retention by itself keeps what it cannot believe', () => {
  /** Five versions, of which the second says one thing and holds another, and the third is torn, as old as that. */
  async function brokenRun(tornAgo: number) {
    const run = temporaryFolder();
    const manager = open(run, { max_best_models: 2 });
    const ids: string[] = [];
    for (const count of [1, 2, 3, 4, 5])
      ids.push((await manager.saveBestModel(of(count, { prune: false }))).id);
    const [, other = '', torn = ''] = ids;
    writeFileSync(join(run, other), writeTorchZip([77]));
    truncateSync(join(run, torn), 300);
    for (const [id, ago] of [
      [other, day],
      [torn, tornAgo],
    ] as const)
      utimesSync(join(run, id), new Date(Date.now() - ago), new Date(Date.now() - ago));
    await manager.look();
    await manager.verify([other, torn], () => undefined);
    return { manager, ids, other, torn };
  }

  test('a version whose bytes contradict its checksum, and a torn one that others may still be writing', async () => {
    const { manager, ids, other, torn } = await brokenRun(5 * 60_000);
    const { pruned } = await manager.saveBestModel(of(6));
    expect(pruned.sort()).toEqual([ids[0], ids[3]].sort());
    for (const id of [other, torn]) expect(manager.version(id)).toBeDefined();
  });

  test('what was torn a while ago goes, and a person may prune all of it', async () => {
    const { manager, other, torn } = await brokenRun(15 * 60_000);
    const { pruned } = await manager.saveBestModel(of(6));
    expect([pruned.includes(torn), pruned.includes(other)]).toEqual([true, false]);
    expect(await manager.cleanup()).toEqual([other]);
  });
});

test('the log tells what retention moved', async () => {
  const manager = open(temporaryFolder(), { max_best_models: 1 });
  for (const count of [1, 2]) await manager.saveBestModel(of(count));
  const [moved] = (await manager.listTrash()).operations;
  expect(manager.log().at(-1)).toMatchObject({ command: 'prune (retention)', bytes: moved?.bytes });
});

test('what a save moved because others have its bytes is told with them; what goes by the rules is not', async () => {
  const manager = open(temporaryFolder(), { max_best_models: 2 });
  const same = { source: of(1).source };
  const first = await manager.saveBestModel(of(1, { ...same, reward: 3 }));
  await manager.saveBestModel(of(2));
  const second = await manager.saveBestModel(of(1, { ...same, reward: 4 }));
  expect(second.pruned).toEqual([first.id]);
  expect(second.copies).toEqual(new Map([[first.id, `same bytes as ${second.id}`]]));
  const third = await manager.saveBestModel(of(5));
  expect([third.pruned.length, third.copies]).toEqual([1, new Map()]);
});
