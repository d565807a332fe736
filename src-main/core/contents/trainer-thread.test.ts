import { expect, onTestFinished, test, vi } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { readMlflowInThread } from './mlflow-thread.ts';
import { readHydraOf, readSurroundings } from './read-surroundings.ts';
import { readTrainerInThread } from './trainer-thread.ts';

/** Stands in for the real thread: never answers, or takes memory without end. */
const mortal = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', ({ trainerOf, mlflowOf = trainerOf }) => {
    if (mlflowOf.includes('spin')) for (;;);
    for (const all = []; ; ) all.push(Array(1e5).fill(all.length));
  });`;
const worker = vi.hoisted(() => ({ mortal: false, started: [] as string[] }));
vi.mock('../workers/worker-url.ts', async (original) => {
  const { workerUrl } = await original<typeof import('../workers/worker-url.ts')>();
  const stub = () => new URL(`data:text/javascript,${encodeURIComponent(mortal)}`);
  const urlOf = (name: string) => {
    worker.started.push(name);
    return worker.mortal ? stub() : workerUrl(name);
  };
  return { workerUrl: urlOf };
});

const nothing = { args: null, state: null };
/** A model with the files of a Trainer beside it. */
function trained(folder: string): string {
  put(folder, 'trainer_state.json', '{"max_steps": 10, "global_step": 5}');
  put(folder, 'training_args.bin', 'no pickle');
  return put(folder, 'model.safetensors', '');
}

test('what a Trainer wrote down beside a checkpoint is read in a thread, where there is any of it', async () => {
  const folder = temporaryFolder();
  worker.started = [];
  expect((await readSurroundings(put(folder, 'a/b/model.pt', ''))).trainer).toEqual(nothing);
  expect(worker.started).toEqual([]);
  const { trainer } = await readSurroundings(trained(folder));
  expect(trainer).toEqual({ args: null, state: { max_steps: 10 } });
  expect(worker.started).toEqual(['settings-worker']);
});

test('files of a Trainer over which the thread hangs or grows tell nothing', async () => {
  worker.mortal = true;
  onTestFinished(() => {
    worker.mortal = false;
  });
  for (const name of ['spin', 'grow']) {
    const model = trained(`${temporaryFolder()}/${name}`);
    expect(await readTrainerInThread(model, { memory: 16, time: 500 })).toEqual(nothing);
  }
});

test('what MLflow keeps is read in a thread, where there is any of it, and tells nothing where that hangs', async () => {
  const folder = temporaryFolder();
  put(folder, 'spin/mlruns/0/ab12/params/lr', '0.5');
  const model = put(folder, 'spin/model.pt', '');
  worker.started = [];
  expect((await readSurroundings(model)).mlflow).toEqual({ lr: 0.5 });
  expect(worker.started).toEqual(['settings-worker']);
  worker.mortal = true;
  onTestFinished(() => {
    worker.mortal = false;
  });
  expect(await readMlflowInThread(model, { memory: 16, time: 500 })).toBeNull();
});

test('for the config of Hydra alone nothing of a Trainer is read', async () => {
  const folder = temporaryFolder();
  put(folder, '.hydra/config.yaml', 'lr: 1');
  worker.started = [];
  expect(await readHydraOf(trained(folder))).toEqual({ lr: 1 });
  expect(await readHydraOf(`${folder}/gone.pt`)).toBeNull();
  expect(worker.started).toEqual([]);
});
