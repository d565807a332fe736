import { appendFileSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { VersionKind } from '../../../shared/model/version.ts';
import { sampleRun } from '../catalog/measurements/evaluations.fixture.ts';
import { sha256 } from '../catalog/run.fixture.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { watchFolder } from './watched-folder.fixture.ts';

const soon = { timeout: 15_000, interval: 50 };
const kinds = ['vecnormalize', 'replay_buffer'] as const;
const modelAt = (step: number) => `rl_model_${step}_steps.zip`;
const companionAt = (kind: string, step: number) => `rl_model_${kind}_${step}_steps.pkl`;
const bytesAt = (name: string) => readFileSync(join(sampleRun, name));

function watch(kind: VersionKind, config: Partial<StorageConfig> = {}) {
  const watched = watchFolder(kind, config);
  const copy = (...names: string[]) => {
    for (const name of names) copyFileSync(join(sampleRun, name), join(watched.folder, name));
  };
  return { ...watched, copy };
}

/** The files of a version by their kind, as the run has them. */
function filesOf(manager: ModelManager, id: string): Record<string, Buffer> {
  const { companions } = manager.describe(id);
  const read = (path: string) => readFileSync(join(manager.root, path));
  const kindOf = (path: string) => kinds.find((kind) => path.includes(kind)) ?? path;
  return { model: read(id), ...Object.fromEntries(companions.map((path) => [kindOf(path), read(path)])) };
}

test.each(['best', 'checkpoint'] as const)(
  'what goes with a model is adopted with it, under its name, in one operation, and sealed: as %s',
  async (kind) => {
    const { run, manager, told, copy, begin } = watch(kind);
    const steps = [10_000, 20_000];
    for (const step of steps) copy(...kinds.map((each) => companionAt(each, step)), modelAt(step));
    begin();
    await vi.waitFor(() => expect(told.saved).toHaveLength(2), soon);
    expect(told.failed).toEqual([]);
    const list = readFileSync(join(run, 'SHA256SUMS'), 'utf8');
    for (const { id, from } of told.saved) {
      const step = Number(/\d+/.exec(from));
      const expected = Object.fromEntries(kinds.map((each) => [each, bytesAt(companionAt(each, step))]));
      expect(filesOf(manager, id)).toEqual({ model: bytesAt(modelAt(step)), ...expected });
      for (const path of manager.describe(id).companions)
        expect(list).toContain(`${sha256(readFileSync(join(run, path)))}  ${path}\n`);
    }
    expect(manager.problems).toEqual([]);
    expect(manager.log().map(({ command }) => command)).toEqual(['save', 'save']);
    // They are one version: what moves it moves them.
    const [first] = told.saved;
    const operation = await manager.moveToTrash([first?.id ?? '']);
    expect(readdirSync(join(run, kind === 'best' ? 'best_models' : 'checkpoints'))).toHaveLength(4);
    await manager.undo(operation);
    expect(Object.keys(filesOf(manager, first?.id ?? ''))).toHaveLength(3);
  },
);

test('what a framework writes after the model, and in pieces, is waited for', async () => {
  const { folder, manager, told, copy, begin } = watch('best');
  begin();
  const buffer = companionAt('replay_buffer', 10_000);
  copy(modelAt(10_000));
  await vi.waitFor(() => expect(manager.versions()).toEqual([]), soon);
  writeFileSync(join(folder, buffer), bytesAt(buffer).subarray(0, 30));
  setTimeout(() => appendFileSync(join(folder, buffer), bytesAt(buffer).subarray(30)), 1000);
  setTimeout(() => copy(companionAt('vecnormalize', 10_000)), 1500);
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  const [{ id } = { id: '' }] = told.saved;
  expect(filesOf(manager, id)).toEqual({
    model: bytesAt(modelAt(10_000)),
    vecnormalize: bytesAt(companionAt('vecnormalize', 10_000)),
    replay_buffer: bytesAt(buffer),
  });
});

test('what comes to a model that is adopted already is told', async () => {
  const { told, copy, begin } = watch('best');
  copy(modelAt(10_000));
  begin();
  await vi.waitFor(() => expect(told.saved).toHaveLength(1), soon);
  copy(companionAt('vecnormalize', 10_000));
  await vi.waitFor(() => expect(told.failed).toHaveLength(1), soon);
  const place = told.saved[0]?.id.replace('.zip', '.vecnormalize.pkl');
  expect(told.failed).toEqual([
    `${companionAt('vecnormalize', 10_000)}: it came after its model was adopted — copy it into the run, as ${place}`,
  ]);
});

/** A save of a model with what goes with it, on a disk of which one call fails; and the files of the versions there are, once that is recovered. */
async function saveWithFault(call: number) {
  const disk = new FaultDisk(realDisk, { call, code: 'EIO', forever: false });
  const run = temporaryFolder();
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: {}, disk });
  const source = { path: join(sampleRun, modelAt(10_000)) };
  const companions = kinds.map((kind) => ({ kind, path: join(sampleRun, companionAt(kind, 10_000)) }));
  const saving = manager.saveBestModel({ source, companions, reward: 1 });
  const isSaved = await saving.then(() => true).catch(() => false);
  manager.close();
  const fresh = new ModelManager(run, { appData: temporaryFolder(), config: {} });
  await fresh.recover();
  await fresh.look();
  const files = fresh.versions().map(({ id }) => Object.keys(filesOf(fresh, id)).length);
  fresh.close();
  return { isSaved, files, isBeyond: disk.failed === 0 };
}

test('a model and what goes with it are saved all together, or none of them, at whichever call the disk fails', async () => {
  const made = { whole: 0, none: 0 };
  for (let [call, isBeyond] = [1, false]; !isBeyond; call += 4) {
    const { isSaved, files, ...rest } = await saveWithFault(call);
    isBeyond = rest.isBeyond;
    expect([[], [3]]).toContainEqual(files);
    if (isSaved) expect(files).toEqual([3]);
    made[files.length === 1 ? 'whole' : 'none'] += 1;
  }
  expect(Math.min(made.whole, made.none)).toBeGreaterThan(3);
});
