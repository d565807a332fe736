import { mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { RetentionRules } from '../../../shared/query/plan-retention.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { removedBy } from './plan-with-survivors.ts';

const rules: RetentionRules = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'best' };

/** A run of four models, of which the first two have something else than a file beside them. */
async function oddRun(config: Partial<StorageConfig> = {}) {
  const run = temporaryFolder();
  const ids = [1, 2, 3, 4].map((version) => saveModel(run, version));
  const [first = '', second = ''] = ids;
  const sidecar = first.replace('.pt', '.json');
  const elsewhere = join(temporaryFolder(), 'sidecar.json');
  renameSync(join(run, sidecar), elsewhere);
  symlinkSync(elsewhere, join(run, sidecar));
  mkdirSync(join(run, `${second}.backup`));
  const manager = new ModelManager(run, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  await manager.look();
  return { run, ids, manager, sidecar };
}

test('what cannot be moved stays, and is told; the others go', async () => {
  const { run, ids, manager, sidecar } = await oddRun();
  const plan = await manager.planPrune(rules);
  const toldOfFirst = `${sidecar} is a symbolic link, and cannot be moved: put a copy of what it points to in its place`;
  expect(plan.refused).toContainEqual({ id: ids[0], why: toldOfFirst });
  expect(plan.refused).toContainEqual({
    id: ids[1],
    why: `${ids[1]}.backup is no regular file, and cannot be moved: move it away`,
  });
  const done = await manager.prune(rules, { fingerprint: plan.fingerprint });
  expect(removedBy(done.plan)).toEqual(new Set([ids[2]]));
  expect(readdirSync(join(run, 'best_models')).filter((name) => name.endsWith('.pt'))).toHaveLength(3);
});

test('a save says what retention had to leave, and why', async () => {
  const { ids, manager, sidecar } = await oddRun({ max_best_models: 1 });
  const bytes = writeTorchZip([9]);
  const { pruned, warnings } = await manager.saveBestModel({
    source: { chunks: [bytes], size: bytes.length },
    reward: 9,
  });
  expect(pruned.toSorted()).toEqual([ids[2], ids[3]]);
  expect(warnings).toContainEqual(
    `${ids[0]} stays, though no rule keeps it: ${sidecar} is a symbolic link, and cannot be moved: put a copy of what it points to in its place`,
  );
});

test('a person who chose it is told what to do, and nothing is moved', async () => {
  const { run, ids, manager, sidecar } = await oddRun();
  const before = readdirSync(join(run, 'best_models'));
  await expect(manager.moveToTrash([ids[0] ?? '', ids[2] ?? ''])).rejects.toThrow(
    `cannot move ${sidecar} — it is a symbolic link — put a copy of what it points to in its place, then try again`,
  );
  expect(readdirSync(join(run, 'best_models'))).toEqual(before);
});
