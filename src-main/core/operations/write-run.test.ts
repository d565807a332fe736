import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Disk, realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { whoAmI } from '../lock/lock-run.ts';
import { type ManagerOptions, ModelManager } from '../model-manager.ts';

const id = 'checkpoints/checkpoint.pt';
const notice =
  'the save that was interrupted was taken back — checkpoints/checkpoint.pt changed on disk meanwhile, and Cairn leaves it as it is — look at the run, and do it again if that is still wanted';

function open(root: string, options: ManagerOptions = {}): ModelManager {
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {}, ...options });
  onTestFinished(() => manager.close());
  return manager;
}

function save(manager: ModelManager, count: number) {
  const bytes = writeTorchZip([count]);
  return manager.saveCheckpoint({ source: { chunks: [bytes], size: bytes.length }, reward: 1 });
}

/** Nothing succeeds from the first link on, as if the process had been killed there. */
function diskThatEnds(): Disk {
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (call.startsWith('link')) disk.failFromNow('EIO');
  };
  return disk;
}

test('a training that saved in place under an interrupted save keeps its file, and the next command says so', async () => {
  const root = temporaryFolder();
  await save(open(root), 1);
  await expect(save(open(root, { disk: diskThatEnds() }), 2)).rejects.toThrow('uncertain');
  const theirs = readFileSync(join(root, id)).reverse();
  writeFileSync(join(root, id), theirs);

  const notices: string[] = [];
  const manager = open(root, { onNotice: (text) => notices.push(text) });
  await expect(manager.undo('nosuch')).rejects.toThrow('no operation “nosuch”');
  expect(notices).toEqual([notice]);
  expect(manager.log()).toContainEqual(
    expect.objectContaining({ command: 'recover (save)', ids: [id], result: notice }),
  );
  expect(readFileSync(join(root, id)).equals(theirs)).toBe(true);

  await save(manager, 3);
  expect(notices).toHaveLength(1);
});

test('a line of the log says when, by which command, who, of which versions, how long it took and what came of it, also of what failed', async () => {
  const manager = open(temporaryFolder());
  const started = Date.now();
  await save(manager, 1);
  await expect(manager.undo('nosuch')).rejects.toThrow();
  const took = Date.now() - started;
  const log = manager.log();
  expect(log.map(({ command, ids, result }) => [command, ids, result])).toEqual([
    ['save', [id], 'done'],
    ['undo', [], expect.stringContaining('no operation “nosuch”')],
  ]);
  for (const { at, who, seconds } of log) {
    expect(who).toBe(whoAmI());
    expect(seconds).toBeGreaterThanOrEqual(0);
    expect(1000 * seconds).toBeLessThanOrEqual(took + 2);
    expect(Date.parse(at) - started).toBeGreaterThanOrEqual(0);
    expect(Date.parse(at) - started).toBeLessThanOrEqual(took);
  }
});

test('what a recovery finished is in the log, with its operation, its versions and its bytes', async () => {
  const root = temporaryFolder();
  const weights = writeTorchZip([1]);
  const source = { chunks: [weights], size: weights.length };
  for (const reward of [1, 2, 3]) await open(root).saveBestModel({ source, reward, prune: false });
  const rules = { keepBest: 1, keepLatest: 1, keepEvery: null, kinds: 'best' } as const;
  await expect(open(root, { disk: diskThatEnds() }).prune(rules)).rejects.toThrow('uncertain');

  const manager = open(root);
  await manager.recover();
  const {
    operations: [trashed],
  } = await manager.listTrash();
  expect(trashed?.versions).toHaveLength(2);
  expect(manager.log()).toContainEqual(
    expect.objectContaining({
      ...{ command: 'recover (prune)', result: 'done', operation: trashed?.id },
      ...{ ids: trashed?.versions, bytes: trashed?.bytes },
    }),
  );
});

test('a save over another, and what retention moved, name the operation that is undone and their bytes', async () => {
  const root = temporaryFolder();
  const manager = open(root, { config: { max_best_models: 1 } });
  await save(manager, 1);
  await save(manager, 2);
  const weights = writeTorchZip([1]);
  const source = { chunks: [weights], size: weights.length };
  for (const reward of [1, 2]) await manager.saveBestModel({ source, reward });
  const [retention, over] = (await manager.listTrash()).operations;
  expect(manager.log().map(({ command, operation, bytes }) => ({ command, operation, bytes }))).toEqual([
    { command: 'save', bytes: writeTorchZip([1]).length },
    { command: 'save', operation: over?.id, bytes: writeTorchZip([2]).length },
    { command: 'save', bytes: weights.length },
    { command: 'save', bytes: weights.length },
    { command: 'prune (retention)', operation: retention?.id, bytes: expect.any(Number) },
  ]);
  await manager.undo(over?.id ?? null);
  expect(readFileSync(join(root, id)).equals(writeTorchZip([1]))).toBe(true);
});

test('an export is in the log, with its bytes', async () => {
  const root = temporaryFolder();
  const manager = open(root);
  await save(manager, 1);
  const copied = await manager.exportVersions([id], join(temporaryFolder(), 'out'));
  expect(copied.files).toHaveLength(1);
  const size = statSync(join(root, id)).size + statSync(join(root, id.replace('.pt', '.json'))).size;
  expect(manager.log().at(-1)).toMatchObject({ command: 'export', ids: [id], result: 'done', bytes: size });
});

test.runIf(process.platform === 'linux')(
  'Nothing is left behind: 200 operations leave no descriptor open',
  async () => {
    const root = temporaryFolder();
    const manager = open(root);
    await save(manager, 1);
    await manager.look();
    const pin = (pinned: boolean) => manager.mark([id], 'pin', (mark) => ({ ...mark, pinned }));
    const operate = async (index: number) => {
      if (index % 20 === 0) await save(manager, index);
      else if (index % 20 === 10) await manager.undo();
      else await pin(index % 2 === 0);
    };
    for (let index = 0; index < 20; index += 1) await operate(index);
    const before = readdirSync('/proc/self/fd').length;
    for (let index = 0; index < 200; index += 1) await operate(index);
    expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before);
  },
  60_000,
);

test('a log that cannot be written is told, and costs the operation nothing', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, '.cairn/log.jsonl'), { recursive: true });
  const notices: string[] = [];
  const saved = await save(open(root, { onNotice: (text) => notices.push(text) }), 1);
  expect(saved.id).toBe(id);
  expect(notices).toEqual([expect.stringMatching(/^the log has no line of this save — .* — fix /)]);
});

test('a training goes on saving while somebody has open what was deleted from the trash: that is told once', async () => {
  const root = temporaryFolder();
  const isOpen = (path: string) => path.includes('.deleted') && path.endsWith('.pt');
  const unlink: Disk['unlink'] = (path) =>
    isOpen(path)
      ? Promise.reject(Object.assign(new Error('no'), { code: 'EBUSY', syscall: 'unlink', path }))
      : realDisk.unlink(path);
  const notices: string[] = [];
  const manager = open(root, { disk: { ...realDisk, unlink }, onNotice: (text) => notices.push(text) });
  for (const count of [1, 2]) await save(manager, count);
  await expect(manager.emptyTrash()).rejects.toThrow('it is in use');
  for (const count of [3, 4]) await save(manager, count);
  expect(readFileSync(join(root, id)).equals(writeTorchZip([4]))).toBe(true);
  expect(notices).toEqual([
    expect.stringMatching(/\.deleted is of no use any more, and cannot be removed — it is in use — it takes/),
  ]);
});
