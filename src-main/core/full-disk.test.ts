import { readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../shared/model/storage-config.ts';
import { lookAt } from './files/file-identity.ts';
import {
  type DiskKind,
  fillDisk,
  freeOn,
  mayMount,
  type Scarce,
  smallDisk,
} from './files/small-disk.fixture.ts';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { writeTorchZip } from './formats/fixtures/write-torch.ts';
import { ModelManager } from './model-manager.ts';
import { assertSavable } from './save/assert-savable.ts';

const rules = { keepBest: 1, keepLatest: 1, keepEvery: null, kinds: 'all' } as const;
const weights = { chunks: [writeTorchZip([9])], size: writeTorchZip([9]).length };
const clearLine = /^[^\n]+ — [^\n]+ — [^\n]+$/;

/** A file that nobody may be writing any more. @param order later ones are newer */
function putOld(run: string, name: string, contents: string | Uint8Array, order: number): void {
  utimesSync(put(run, name, contents), 1e9 + order, 1e9 + order);
}

/** A run as a training leaves it, of which Cairn knows nothing yet. */
function trained(disk: string): string {
  const run = join(disk, 'run');
  for (const number of [1, 2, 3, 4, 5, 6]) {
    const stem = `best_models/m_v000${number}`;
    putOld(run, `${stem}.pt`, writeTorchZip([number]), number);
    putOld(run, `${stem}.json`, JSON.stringify({ version: number, reward: number }), number);
  }
  return run;
}

async function open(run: string, config: Partial<StorageConfig> = {}) {
  const notices: string[] = [];
  const onNotice = (text: string) => notices.push(text);
  const manager = new ModelManager(run, { appData: temporaryFolder(), config, onNotice });
  onTestFinished(() => manager.close());
  await manager.look();
  return { manager, notices };
}

/** A run that Cairn has written to: something is in the trash, and the newest version has a backup. */
async function usedRun(disk: string) {
  const run = trained(disk);
  const { manager } = await open(run);
  const { manifest } = await manager.backups.create(new Set(['best_models/m_v0006.pt']));
  await manager.moveToTrash(['best_models/m_v0001.pt']);
  return { run, backup: manifest.id };
}

/** Every file of a run but Cairn's own. */
function contents(run: string): Map<string, string> {
  const entries = readdirSync(run, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = paths.filter((path) => !path.includes('/.cairn/'));
  return new Map(own.sort().map((path) => [path, readFileSync(path, 'latin1')]));
}

const disks: [DiskKind, Scarce][] = [
  ['tmpfs', 'bytes'],
  ['tmpfs', 'files'],
  ['ext4', 'bytes'],
  ['ext4', 'files'],
];

describe.skipIf(!mayMount).each(disks)('A full disk is no dead end: %s without free %s', (kind, scarce) => {
  test('versions are pinned, moved to the trash, brought back and pruned, while a training takes every byte that comes free', async () => {
    const disk = smallDisk(kind);
    const { run } = await usedRun(disk);
    const { manager, notices } = await open(run);
    fillDisk(disk, scarce);
    await manager.mark(['best_models/m_v0003.pt'], 'pin', (mark) => ({ ...mark, pinned: true }));
    fillDisk(disk, scarce);
    const moved = await manager.moveToTrash(['best_models/m_v0002.pt']);
    fillDisk(disk, scarce);
    expect((await manager.undo(moved)).restored).toEqual(['best_models/m_v0002.pt']);
    fillDisk(disk, scarce);
    const { operation } = await manager.prune(rules);
    expect(notices.filter((notice) => !notice.includes('the disk is full'))).toEqual([]);
    fillDisk(disk, scarce);
    await manager.emptyTrash({ ids: [operation ?? ''] });
    expect(freeOn(disk)[scarce]).toBeGreaterThan(0);
    await manager.look();
    const left = manager.versions().map(({ id }) => id);
    expect(left.sort()).toEqual(['best_models/m_v0003.pt', 'best_models/m_v0006.pt']);
    expect(manager.log().map(({ command, result }) => [command, result])).toEqual(
      ['backup', 'trash', 'pin', 'trash', 'undo', 'prune', 'empty trash'].map((command) => [command, 'done']),
    );
  });

  test('where nothing was kept back the trash is emptied, and backups are deleted, all the same', async () => {
    const disk = smallDisk(kind);
    const { run, backup } = await usedRun(disk);
    rmSync(join(run, '.cairn/reserve'), { recursive: true, force: true });
    const { manager } = await open(run);
    fillDisk(disk, scarce);
    await manager.backups.delete(backup);
    expect((await manager.backups.list()).backups).toEqual([]);
    fillDisk(disk, scarce);
    expect((await manager.emptyTrash()).operations).toHaveLength(1);
    expect(freeOn(disk)[scarce]).toBeGreaterThan(0);
    expect(manager.log().at(-1)).toMatchObject({ command: 'empty trash', result: 'done' });
  });

  test('what cannot be done is said in one line, with nothing half done, and leaves what was kept back', async () => {
    const disk = smallDisk(kind);
    const { run } = await usedRun(disk);
    const { manager, notices } = await open(run);
    fillDisk(disk, scarce);
    const before = contents(run);
    await expect(manager.saveBestModel({ source: weights, reward: 9 })).rejects.toThrow(clearLine);
    await expect(manager.backups.create(new Set(['best_models/m_v0005.pt']))).rejects.toThrow(clearLine);
    expect(contents(run)).toEqual(before);
    expect(notices).toEqual([]);
    expect(readdirSync(join(run, '.cairn/reserve'))).toHaveLength(16);
    await manager.prune(rules);
  });

  test('a run that Cairn never wrote to: a prune says what is missing; with one file less on the disk it is done', async () => {
    const disk = smallDisk(kind);
    const run = trained(disk);
    put(disk, 'spare', Buffer.alloc(256 * 1024));
    for (const name of Array.from({ length: 20 }, (_, index) => `spare-${index}`)) put(disk, name, '');
    const { manager, notices } = await open(run);
    fillDisk(disk, scarce);
    const before = contents(run);
    await expect(manager.prune(rules)).rejects.toThrow(clearLine);
    await expect(manager.prune(rules)).rejects.toThrow(
      /^prune failed — the disk is full: \S+ — make room there: remove files that are in no run, 256 KiB are enough; then try again$/,
    );
    expect(contents(run)).toEqual(before);
    expect(notices).toEqual([]);
    for (const name of readdirSync(disk)) if (name.startsWith('spare')) rmSync(join(disk, name));
    await manager.prune(rules);
    expect((await manager.emptyTrash()).operations).toHaveLength(1);
  });
});

describe.skipIf(!mayMount)('A full disk is no dead end', () => {
  test('a run that Cairn only looked at while there was room is pruned when there is none', async () => {
    const disk = smallDisk('ext4');
    const run = trained(disk);
    const { manager } = await open(run);
    await manager.verify(['best_models/m_v0006.pt'], () => undefined);
    fillDisk(disk, 'bytes');
    await manager.prune(rules);
  });

  test.each(['bytes', 'files'] as const)(
    'a save into a run that is not there makes none without free %s',
    async (scarce) => {
      const disk = smallDisk('tmpfs');
      const file = put(temporaryFolder(), 'a.pt', writeTorchZip([9]));
      fillDisk(disk, scarce);
      const asked = { config: undefined, from: { file, name: undefined } };
      await expect(assertSavable(join(disk, 'new/run'), asked)).rejects.toThrow(clearLine);
      await assertSavable(join(temporaryFolder(), 'new/run'), asked);
    },
  );

  test('a run of which Cairn knows nothing is read, verified and named as ever, and what is found out is told', async () => {
    const disk = smallDisk('tmpfs');
    const run = trained(disk);
    fillDisk(disk, 'bytes');
    fillDisk(disk, 'files');
    const before = contents(run);
    const { manager, notices } = await open(run);
    const seen: string[] = [];
    await manager.verify(null, ({ integrity }) => seen.push(integrity.state));
    expect(seen).toEqual(Array.from({ length: 6 }, () => 'unsealed'));
    expect((await manager.best()).id).toBe('best_models/m_v0006.pt');
    expect((await manager.loadModel('latest')).state.metadata.reward).toBe(6);
    expect((await manager.planPrune(rules)).decisions.filter(({ keep }) => !keep)).toHaveLength(5);
    expect(await manager.listTrash()).toEqual({ operations: [], problems: [] });
    expect((await manager.backups.list()).backups).toEqual([]);
    expect((await manager.emptyTrash()).operations).toEqual([]);
    const elsewhere = join(temporaryFolder(), 'copies');
    await manager.exportVersions(['best_models/m_v0006.pt'], elsewhere);
    expect(readdirSync(elsewhere).sort()).toEqual(['m_v0006.json', 'm_v0006.pt']);
    expect(notices).toEqual([
      expect.stringMatching(
        /^the log has no line of this export — the disk is full — make room there: remove files that are in no run$/,
      ),
    ]);
    for (const refused of [
      () => manager.moveToTrash(['best_models/m_v0001.pt']),
      () => manager.mark(['best_models/m_v0001.pt'], 'pin', (mark) => ({ ...mark, pinned: true })),
      () => manager.backups.create(new Set(['best_models/m_v0001.pt'])),
      () => manager.saveBestModel({ source: weights, reward: 9 }),
      () => manager.undo(),
    ])
      await expect(refused()).rejects.toThrow(clearLine);
    expect(contents(run)).toEqual(before);
  });

  test('results of a benchmark and checksums take nothing of what was kept back', async () => {
    const disk = smallDisk('tmpfs');
    const { run } = await usedRun(disk);
    const { manager } = await open(run);
    const id = 'best_models/m_v0006.pt';
    const identity = lookAt(join(run, id));
    if (!identity) throw new Error('no such version');
    const metrics = new Map([['score', { values: new Map([[1, 2]]), perEpisode: [] }]]);
    const evaluation = {
      id,
      files: new Map([[id, identity]]),
      evaluator: 'eval',
      evaluatorHash: 'ab',
      at: '2026-01-01T00:00:00.000Z',
      episodes: null,
      metrics,
    };
    fillDisk(disk, 'bytes');
    const before = contents(run);
    await expect(manager.recordEvaluations([evaluation])).rejects.toThrow(clearLine);
    await expect(manager.seal()).rejects.toThrow(clearLine);
    expect(contents(run)).toEqual(before);
    expect(readdirSync(join(run, '.cairn/reserve'))).toHaveLength(16);
  });

  test('after a prune it is said that the trash has still to be emptied, and how', async () => {
    const disk = smallDisk('tmpfs');
    const { run } = await usedRun(disk);
    const { manager, notices } = await open(run);
    fillDisk(disk, 'bytes');
    const { operation } = await manager.prune(rules);
    expect(notices).toEqual([expect.stringMatching(clearLine)]);
    expect(notices[0]).toContain(
      `the disk is full — empty the trash to make room: cairn trash --empty --yes ${run} ${operation}`,
    );
  });

  test('a prune of more than the reserve is enough for changes nothing; a part of it makes room for the rest', async () => {
    const disk = smallDisk('tmpfs');
    const { run } = await usedRun(disk);
    for (let number = 1; number <= 130; number += 1)
      putOld(run, `best_models/${'m'.repeat(200)}_${number}.pt`, writeTorchZip([number]), number);
    putOld(run, 'best_models/large.pt', Buffer.alloc(500_000), 1);
    const { manager } = await open(run);
    fillDisk(disk, 'bytes');
    const before = contents(run);
    await expect(manager.prune(rules)).rejects.toThrow(
      /the disk is full.* there: empty the trash or delete a backup, .*, or move fewer versions at once/,
    );
    expect(contents(run)).toEqual(before);
    fillDisk(disk, 'bytes');
    const moved = await manager.moveToTrash(['best_models/large.pt']);
    await manager.emptyTrash({ ids: [moved] });
    expect((await manager.prune(rules)).operation).not.toBeNull();
  });

  test('a temp folder that cannot be cleared keeps nobody from emptying the trash', async () => {
    const disk = smallDisk('tmpfs');
    const { run } = await usedRun(disk);
    rmSync(join(run, '.cairn/reserve'), { recursive: true });
    putOld(run, 'temp/left.tmp', 'left', 1);
    const { manager, notices } = await open(run, { cleanup_on_start: true });
    fillDisk(disk, 'bytes');
    await manager.emptyTrash();
    expect(notices).toEqual([expect.stringMatching(/^the temp folder is not cleared — the disk is full — /)]);
  });
});
