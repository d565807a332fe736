import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchNotes } from '../formats/fixtures/write-notes.ts';
import { ModelManager } from '../model-manager.ts';

const source = '.hydra/config.yaml';
const storage = (metric: string) => JSON.stringify({ storage: { best_model_selection_metric: metric } });

async function open(config: string, fill: (run: string) => void): Promise<ModelManager> {
  const run = temporaryFolder();
  put(run, source, config);
  fill(run);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

const saveMeasured = (run: string) =>
  saveModel(run, 1, { sidecar: { metrics: { win_rate: 0.5, a: 1, b: 2 } } });
const told = (rest: string) => [{ path: source, problem: `best_model_selection_metric: ${rest}` }];

test.each([
  ['win_rat', 'did you mean “win_rate”?'],
  [' win_rate ', 'did you mean “win_rate”?'],
  ['WIN_RATE', 'did you mean “win_rate”?'],
  ['nosuchthing', 'they have “reward”, “win_rate”, “a” and 1 more'],
])('a metric of the config that no version has is a problem of the run: %j', async (metric, advice) => {
  const manager = await open(storage(metric), saveMeasured);
  expect(manager.problems).toEqual(told(`no version has “${metric}”, so none is the best; ${advice}`));
});

test('a direction that cannot be used is no reason to keep quiet of the metric', async () => {
  const config = 'storage: {best_model_selection_metric: win_rat, best_model_selection_mode: up}';
  const [ofMode, ...others] = (await open(config, saveMeasured)).problems;
  expect(ofMode?.problem).toContain('best_model_selection_mode: up cannot be used');
  expect(others).toEqual(told('no version has “win_rat”, so none is the best; did you mean “win_rate”?'));
});

test('of the two names of the reward one is told', async () => {
  const manager = await open(storage('nosuchthing'), (run) =>
    saveModel(run, 1, { sidecar: { metrics: { mean_reward: 1 } } }),
  );
  expect(manager.problems).toEqual(
    told('no version has “nosuchthing”, so none is the best; they have “mean_reward”'),
  );
});

test.each([
  ['win_rate', saveMeasured],
  ['nosuch', () => {}],
  ['nosuch', (run: string) => put(run, 'checkpoints/checkpoint.pt', 'nothing was measured')],
])('where some version has it, or nothing was measured, nothing is told: %s', async (metric, fill) => {
  const manager = await open(storage(metric), fill);
  expect(manager.problems.filter(({ path }) => path === source)).toEqual([]);
});

test('a version that has it with no finite value has it', async () => {
  const manager = await open(storage('loss'), (run) =>
    saveModel(run, 1, { sidecar: { metrics: { loss: '<NaN>' } } }),
  );
  expect(manager.problems).toEqual([]);
});

test('what a person chose instead ends it, and a direction alone does not', async () => {
  const manager = await open(storage('win_rat'), saveMeasured);
  await manager.choose((choices) => ({ ...choices, directions: [{ metric: 'win_rat', mode: 'min' }] }));
  expect(manager.problems).toHaveLength(1);
  await manager.choose((choices) => ({ ...choices, metric: 'win_rate' }));
  expect(manager.problems).toEqual([]);
});

test('nothing is told before files that may have it were read', async () => {
  const manager = await open(storage('loss'), (run) => {
    saveModel(run, 1);
    put(run, 'checkpoints/checkpoint.pt', writeTorchNotes({ metadata: { metrics: { loss: 1 } } }));
  });
  expect(manager.problems).toEqual([]);
  await manager.readOwnRecords();
  expect(manager.problems).toEqual([]);
  expect(manager.bestValue).toBe(1);
});
