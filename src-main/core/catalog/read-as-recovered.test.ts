import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { intentFolder } from '../operations/operation.ts';
import { recoverRun } from '../operations/recover-run.ts';
import { type Writing, writeRun } from '../operations/write-run.ts';
import { saveVersion } from '../save/save-version.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { findUndoable, undo } from '../trash/undo.ts';
import { filesOfVersions } from './files-of-versions.ts';
import type { ListedVersion } from './listed-version.ts';
import { readAsRecovered } from './read-as-recovered.ts';
import { saveModel } from './run.fixture.ts';

type Act = (writing: Writing) => Promise<unknown>;

function save(data: Uint8Array): Act {
  return (writing) =>
    saveVersion(
      writing,
      { source: { chunks: [data], size: data.length }, reward: 1 },
      { kind: 'checkpoint', highestVersion: 0, checksumOf: () => null },
    );
}

const trash: Act = (writing) => {
  const { disk, root, config } = writing;
  const ids = new Set([1, 2].map(modelId));
  return moveToTrash(disk, root, writing.newOperation('prune', 'prune'), filesOfVersions(root, config, ids));
};
const modelId = (version: number) =>
  `best_models/model_v000${version}_reward0.${version}000_20240101_00000${version}.pt`;

const takeBack: Act = async (writing) => {
  const { disk, root } = writing;
  return undo(disk, root, await findUndoable(disk, root, null), writing.newOperation('undo', 'undo'));
};

const on = (root: string, disk: Disk) => ({
  root,
  config: defaultStorageConfig,
  disk,
  stagingFolders: [],
  wait: 0,
});

function act(root: string, disk: Disk, work: Act): Promise<unknown> {
  return writeRun(on(root, disk), 'test', async (writing) => ({ ids: [], value: await work(writing) }));
}

async function prepare(acts: readonly Act[]): Promise<string> {
  const root = temporaryFolder();
  for (const version of [1, 2, 3]) saveModel(root, version);
  for (const work of acts) await act(root, realDisk, work);
  return root;
}

/** All that a list shows; a file that is given another name is changed by that, as far as its ctime goes. */
async function view(root: string): Promise<unknown> {
  const versions: ListedVersion[] = [];
  const { problems, pathOf } = await readAsRecovered(root, defaultStorageConfig, (some) =>
    versions.push(...some),
  );
  const shown = versions.map((version: ListedVersion) => {
    const { identity, ...rest } = version;
    return { ...rest, inode: identity && [identity.ino, statSync(pathOf(version.id)).ino] };
  });
  return {
    versions: shown.sort((a, b) => (a.id < b.id ? -1 : 1)),
    problems: problems.map(({ path }) => path).sort(),
  };
}

/** From the n-th call on nothing succeeds but closing. */
function failingFrom(first: number): Disk {
  const disk = new FaultDisk(realDisk);
  disk.before = (call) => {
    if (disk.calls.length >= first && call !== 'close')
      throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  return disk;
}

const idsOf = (operations: readonly { id: string }[]) => operations.map(({ id }) => id);
const everything = (root: string) => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();

const first = save(writeTorchZip([4]));
const second = save(writeTorchZip([40]));

test.each([
  ['a save', [], first],
  ['a save over another', [first], second],
  ['a prune', [], trash],
  ['an undone prune', [trash], takeBack],
  ['an undone save', [first, second], takeBack],
] as const)(
  'wherever %s was interrupted, the run is shown as recovering it leaves it, and nothing is written',
  async (_what, before, work) => {
    const probe = new FaultDisk(realDisk);
    await act(await prepare(before), probe, work);
    let interrupted = 0;
    // Before its intent is there, there is no operation.
    const announced = probe.calls.findIndex((call) => call.includes(`/${intentFolder}/2`));
    for (let call = announced; call <= probe.calls.length; call += 1) {
      const root = await prepare(before);
      await act(root, failingFrom(call), work).catch(() => undefined);
      const names = everything(root);
      if (names.some((name) => name.startsWith(`${intentFolder}/2`))) interrupted += 1;
      const [seen, trashed] = [await view(root), (await new ModelManager(root).listTrash()).operations];
      expect(everything(root)).toEqual(names);
      await recoverRun(realDisk, root, ['', 'best_models', 'checkpoints', 'temp']);
      expect([call, seen]).toEqual([call, await view(root)]);
      if (work !== takeBack)
        expect(idsOf(trashed)).toEqual(idsOf((await new ModelManager(root).listTrash()).operations));
    }
    expect(interrupted).toBeGreaterThan(4);
  },
  60_000,
);

test('a file that came to its place meanwhile is found there', async () => {
  const root = await prepare([]);
  const disk = new FaultDisk(realDisk);
  let stopped = false;
  disk.before = (call) => {
    if (call.startsWith('link') || call.startsWith('unlink')) stopped = true;
    if (stopped) throw Object.assign(new Error('EIO'), { code: 'EIO' });
  };
  await act(root, disk, first).catch(() => undefined);
  const { pathOf } = await readAsRecovered(root, defaultStorageConfig, () => undefined);
  const id = 'checkpoints/checkpoint.pt';
  expect(pathOf(id)).toMatch(/\.tmp$/);
  await recoverRun(realDisk, root, []);
  expect(pathOf(id)).toBe(join(root, id));
});
