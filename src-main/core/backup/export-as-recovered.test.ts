import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { readAsRecovered } from '../catalog/read-as-recovered.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { unsyncedDisk } from '../files/unsynced-disk.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { interruptedRuns, interruptible } from '../operations/interrupted-run.fixture.ts';
import { recoverRun } from '../operations/recover-run.ts';

/** But for its log, and the lock for that. */
function namesIn(root: string): string[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => !/^\.cairn\/(?:lock|log\.jsonl)$/.test(name)).sort();
}

/** What the operations touch of a run, exported, but for the folder with a link in it, which is not: the bytes of each file, by its name. */
async function exported(root: string): Promise<Map<string, Buffer>> {
  const ids: string[] = [];
  await readAsRecovered(root, defaultStorageConfig, (versions) => {
    for (const { id } of versions) if (/checkpoint(?!-7)|v000[12]/.test(id)) ids.push(id);
  });
  const to = temporaryFolder();
  await new ModelManager(root, { disk: unsyncedDisk }).exportVersions(ids, to);
  const entries = readdirSync(to, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [path.slice(to.length), readFileSync(path)]));
}

test.each(interruptible)(
  'wherever %s was interrupted, what is exported is what recovering leaves, and nothing but the log is written',
  async (_what, before, work) => {
    for await (const { root, call } of interruptedRuns(before, work)) {
      const names = namesIn(root);
      const early = await exported(root);
      expect(namesIn(root)).toEqual(names);
      await recoverRun(unsyncedDisk, root, ['', 'best_models', 'checkpoints', 'temp']);
      expect([call, early]).toEqual([call, await exported(root)]);
    }
  },
  60_000,
);

test('a version that is gone is said, and nothing is exported', async () => {
  const root = temporaryFolder();
  const [model, gone] = [saveModel(root, 1), 'best_models/gone.pt'];
  const manager = new ModelManager(root, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  const to = join(temporaryFolder(), 'out');
  await expect(manager.exportVersions([model, gone], to)).rejects.toThrow(
    'cannot export best_models/gone.pt — it is not in this run any more — list the versions again',
  );
});

test('a sidecar that tells of other bytes does not go with a model', async () => {
  const root = temporaryFolder();
  const [model, other] = [saveModel(root, 1), saveModel(root, 2)];
  const manager = new ModelManager(root, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  const theirs = readFileSync(join(root, other.replace('.pt', '.json')));
  writeFileSync(join(root, model.replace('.pt', '.json')), theirs);
  const to = join(temporaryFolder(), 'out');
  await expect(manager.exportVersions([model], to)).rejects.toThrow(
    `cannot export ${model} — the checksum in its sidecar is not that of its bytes — verify it, or restore it from a backup`,
  );
  expect(() => readdirSync(to)).toThrow();
  await manager.exportVersions([other], to);
});
