import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import {
  act,
  first,
  interruptedRuns,
  interruptible,
  prepare,
  takeBack,
} from '../operations/interrupted-run.fixture.ts';
import { intentFolder } from '../operations/operation.ts';
import { recoverRun } from '../operations/recover-run.ts';
import type { ListedVersion } from './listed-version.ts';
import { readAsRecovered } from './read-as-recovered.ts';

/** All that a list shows; a file that is given another name is changed by that, as far as its ctime goes. */
async function view(root: string): Promise<unknown> {
  const versions: ListedVersion[] = [];
  const { problems, places } = await readAsRecovered(root, defaultStorageConfig, (some) =>
    versions.push(...some),
  );
  const shown = versions.map((version: ListedVersion) => {
    const { identity, ...rest } = version;
    return { ...rest, inode: identity && [identity.ino, statSync(places.pathOf(version.id)).ino] };
  });
  return {
    versions: shown.sort((a, b) => (a.id < b.id ? -1 : 1)),
    problems: problems.map(({ path }) => path).sort(),
  };
}

const idsOf = (operations: readonly { id: string }[]) => operations.map(({ id }) => id);
const everything = (root: string) => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();

test.each(interruptible)(
  'wherever %s was interrupted, the run is shown as recovering it leaves it, and nothing is written',
  async (_what, before, work) => {
    let interrupted = 0;
    for await (const { root, call } of interruptedRuns(before, work)) {
      const names = everything(root);
      if (names.some((name) => name.startsWith(`${intentFolder}/2`))) interrupted += 1;
      const [seen, trashed] = [await view(root), (await new ModelManager(root).listTrash()).operations];
      expect(everything(root)).toEqual(names);
      await recoverRun(realDisk, root, ['', 'best_models', 'checkpoints', 'temp']);
      expect([call, seen]).toEqual([call, await view(root)]);
      if (work !== takeBack)
        expect(idsOf(trashed)).toEqual(idsOf((await new ModelManager(root).listTrash()).operations));
    }
    expect(interrupted).toBeGreaterThan(1);
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
  const { pathOf } = (await readAsRecovered(root, defaultStorageConfig, () => undefined)).places;
  const id = 'checkpoints/checkpoint.pt';
  expect(pathOf(id)).toMatch(/\.tmp$/);
  await recoverRun(realDisk, root, []);
  expect(pathOf(id)).toBe(join(root, id));
});
