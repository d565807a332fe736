import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { noChoices } from '../../../shared/model/run-choices.ts';
import { knownLayouts } from '../catalog/layouts/known-layouts.ts';
import { copySample } from '../catalog/measurements/evaluations.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { RunReader } from '../run-reader.ts';

const file = '.cairn/choices.json';

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

async function readAs(run: string, layout: string): Promise<RunReader> {
  const reader = new RunReader(run, { layout });
  await reader.look();
  return reader;
}

const idsOf = (run: RunReader) => [...run.list()].map(({ id }) => id).sort();

test('a layout that a person chose is remembered: names, companions and the best of the framework follow it', async () => {
  const run = copySample();
  const model = 'rl_model_10000_steps.zip';
  const before = await open(run);
  expect(before.describe(model).companions).toHaveLength(2);
  expect(before.recognised).toMatchObject({ layout: 'stable-baselines3', best: 'best_model.zip' });
  await before.choose((choices) => ({ ...choices, layout: 'keras' }));
  const chosen = await open(run);
  expect(chosen.describe(model).companions).toEqual([]);
  expect(chosen.recognised).toEqual({
    layout: 'keras',
    name: 'Keras',
    sureness: 'chosen',
    why: 'Keras: it was chosen for this run',
    best: null,
    last: null,
  });
  expect(chosen.problems).toEqual([]);
  await chosen.choose((choices) => ({ ...choices, layout: null }));
  expect((await open(run)).recognised).toMatchObject({ layout: 'stable-baselines3', sureness: 'likely' });
});

test('what a name says, what is a model, and in which folders they are, goes by the layout that is asked for', async () => {
  const run = temporaryFolder();
  const bytes = writeTorchZip([1]);
  const named = 'epoch=3-step=40-val_loss=0.5.ckpt';
  const factory = 'checkpoint_p0/checkpoint_000000007_1000.pth';
  const all = [named, factory, 'model.weights.h5'];
  for (const name of all) put(run, name, bytes);
  const plain = await open(run);
  expect(idsOf(plain)).toEqual([factory, named, 'model.weights.h5'].sort());
  const lightning = await readAs(run, 'lightning');
  expect(idsOf(lightning)).toEqual([named]);
  expect(lightning.version(named)).toMatchObject({ step: 40, metrics: { val_loss: 0.5 } });
  const keras = await readAs(run, 'keras');
  expect(idsOf(keras)).toEqual([named, 'model.weights.h5'].sort());
  expect(keras.version(named)?.metrics).not.toMatchObject({ val_loss: 0.5 });
  expect(idsOf(await readAs(run, 'sample-factory'))).toEqual([factory, named].sort());
});

test('folders that are versions in the way of another framework are none', async () => {
  const run = temporaryFolder();
  for (const name of ['model.safetensors', 'config.json', 'trainer_state.json'])
    put(run, `checkpoint-500/${name}`, '{}');
  put(run, 'last.ckpt', writeTorchZip([1]));
  const folder = 'checkpoint-500/model.safetensors';
  expect(idsOf(await open(run))).toEqual([folder, 'last.ckpt']);
  expect(idsOf(await readAs(run, 'huggingface'))).toContain(folder);
  expect(idsOf(await readAs(run, 'lightning'))).toEqual(['last.ckpt']);
});

test('a layout that is not known is refused with those there are; in the file of choices it is told, and does not count', async () => {
  const run = copySample();
  const there = knownLayouts.map(({ id }) => id).join(', ');
  expect(() => new RunReader(run, { layout: 'kears' })).toThrow(
    `unknown layout “kears” — there are ${there} — name one of them`,
  );
  put(run, file, JSON.stringify({ format: 1, ...noChoices, layout: 'kears' }));
  const manager = await open(run);
  expect(manager.problems).toEqual([
    { path: file, problem: expect.stringMatching(/^the layout “kears” .* is not known: .*keras/) },
  ]);
  expect(manager.recognised).toMatchObject({ layout: 'stable-baselines3' });
});

test('choices from before layouts could be chosen are read', async () => {
  const run = copySample();
  const { layout: _layout, ...old } = noChoices;
  put(run, file, JSON.stringify({ format: 1, ...old, metric: 'x' }));
  expect((await open(run)).choices).toEqual({ ...noChoices, metric: 'x' });
});

test('a layout that is chosen while a run is open is told; it is read in one way until it is opened again', async () => {
  const run = copySample();
  const manager = await open(run);
  const other = await open(run);
  await other.choose((choices) => ({ ...choices, layout: 'keras' }));
  await manager.look();
  expect(manager.recognised).toMatchObject({ layout: 'stable-baselines3' });
  expect(manager.problems).toEqual([
    { path: file, problem: expect.stringContaining('another layout was chosen for the run since') },
  ]);
  const asked = await readAs(run, 'lightning');
  expect(asked.problems.map(({ path }) => path)).not.toContain(file);
  expect(join(run, file)).toBe(join(asked.bookkeeping, 'choices.json'));
});
