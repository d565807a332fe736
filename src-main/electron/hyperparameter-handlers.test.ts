import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveModel } from '../core/catalog/run.fixture.ts';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { createHyperparameterHandlers } from './hyperparameter-handlers.ts';
import { WindowSession } from './window-session.ts';

const from = { isDestroyed: () => false, send: () => undefined } as unknown as WebContents;
const sample = join(import.meta.dirname, '../../build/sample-run/run');

let folder: string;
let session: WindowSession;
const handlers = createHyperparameterHandlers(() => session);

beforeEach(() => {
  folder = join(temporaryFolder(), 'run');
  session = new WindowSession(from, temporaryFolder());
});
afterEach(() => session.close());

async function open() {
  const run = session.open(folder);
  await run.manager.look();
  return run;
}

test('what versions were trained with is found beside them, in the config of the run, and in the files', async () => {
  cpSync(sample, folder, { recursive: true });
  const bare = 'best_models/model_v0011_reward0.4346_20260302_114200';
  rmSync(join(folder, `${bare}.json`));
  const { runId, handles } = await open();
  const { found } = await handlers.listHyperparameters({ runId }, from);
  expect(found).toContainEqual({ name: 'learning_rate', source: 'sidecar', varies: false });
  expect(found).toContainEqual({ name: 'env.cost', source: 'hydra', varies: false });
  expect(found[0]).toMatchObject({ source: 'training state', varies: true });

  const other = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';
  const versions = [`${bare}.pt`, other].map((id) => handles.handleOf(id));
  const names = ['learning_rate', 'activation', 'env.cost', 'training_state.global_step', 'no such thing'];
  const { columns } = await handlers.readHyperparameters({ runId, versions, settings: names }, from);
  expect(columns.map(({ numbers }) => [...numbers])).toEqual([
    [0.001, 0.001],
    [Number.NaN, Number.NaN],
    [0.0004, 0.0004],
    [322_560, 290_304],
    [Number.NaN, Number.NaN],
  ]);
  expect(columns.map(({ codes }) => [...codes])).toEqual([
    [1, 1],
    [2, 2],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
  expect(columns[1]?.words).toEqual(['tanh']);
});

test('what differs between versions comes first; what cannot be read is not known, and a version that is gone neither', async () => {
  const ids = [1, 2].map((version) =>
    saveModel(folder, version, { sidecar: { training_config: { seed: 7, gamma: version / 10 } } }),
  );
  ids.push(saveModel(folder, 3));
  put(folder, ids[2]?.replace('.pt', '.json') ?? '', '{"training_config": {');
  const { runId, handles } = await open();
  const { found } = await handlers.listHyperparameters({ runId }, from);
  expect(found.slice(0, 2).map(({ name, varies }) => [name, varies])).toEqual([
    ['seed', true],
    ['gamma', true],
  ]);
  const versions = [...ids, 'best_models/never.pt'].map((id) => handles.handleOf(id));
  const { columns } = await handlers.readHyperparameters({ runId, versions, settings: ['gamma'] }, from);
  expect([...(columns[0]?.numbers ?? [])]).toEqual([0.1, 0.2, Number.NaN, Number.NaN]);
  await expect(
    handlers.readHyperparameters({ runId, versions: [99], settings: ['gamma'] }, from),
  ).rejects.toThrow();
});
