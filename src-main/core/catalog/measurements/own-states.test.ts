import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { MeasurementFiles } from './measurement-files.ts';

type Losses = Readonly<Record<number, number>>;

/** As the Trainer writes it; `padding` makes it longer than is read of one that is not among the last. */
function stateOf(losses: Losses, best: number, padding = 0): string {
  const filler = Array.from({ length: padding }, (_, index) => ({
    step: index / padding,
    'a filler': index,
  }));
  const log_history = [
    ...filler,
    ...Object.entries(losses).map(([step, eval_loss]) => ({ step: Number(step), eval_loss })),
  ];
  const best_model_checkpoint = `/home/other/out/checkpoint-${best}`;
  return JSON.stringify(
    { best_metric: losses[best], best_model_checkpoint, epoch: 1, log_history, trial_params: null },
    null,
    2,
  );
}

const upTo = (losses: Losses, last: number) =>
  Object.fromEntries(Object.entries(losses).filter(([step]) => Number(step) <= last));

async function measure(run: string) {
  const files = new MeasurementFiles(run);
  await files.refresh();
  const of = (step: number) => {
    const version = { id: `checkpoint-${step}/model.safetensors`, step };
    const measured = files.measurements?.of(version) ?? null;
    const { names = [], values = [], at = 0 } = measured?.metrics ?? {};
    const metrics = Object.fromEntries(names.map((name, index) => [name, values[at + index]]));
    return {
      metrics,
      problems: measured?.problems ?? [],
      sources: files.measurements?.sourcesOf(version) ?? [],
    };
  };
  return { of, problems: files.problems };
}

const first: Losses = { 500: 0.9, 1000: 0.8, 1500: 0.5, 2000: 0.4, 2500: 0.6 };
const second: Losses = { 500: 0.5, 1000: 0.05, 1500: 0.3 };

function trainTwice(padding: number): string {
  const run = temporaryFolder();
  for (const step of [2000, 2500])
    put(run, `checkpoint-${step}/trainer_state.json`, stateOf(upTo(first, step), 2000, padding));
  for (const step of [500, 1000, 1500])
    put(
      run,
      `checkpoint-${step}/trainer_state.json`,
      stateOf(upTo(second, step), Math.min(step, 1000), padding),
    );
  return run;
}

for (const padding of [0, 3000])
  test(`a checkpoint's own state goes before that of a higher number, and what that says otherwise is told (${padding} lines before)`, async () => {
    const { of, problems } = await measure(trainTwice(padding));
    const losses = [500, 1000, 1500, 2000, 2500].map((step) => of(step).metrics['eval_loss']);
    expect(losses).toEqual([0.5, 0.05, 0.3, 0.4, 0.6]);
    expect(of(1000).problems).toEqual([
      "checkpoint-2500/trainer_state.json says otherwise of step 1,000 (eval_loss 0.8): it is of another training, and what this checkpoint's own trainer_state.json says counts",
    ]);
    expect(of(1000).sources.find(({ metric }) => metric === 'eval_loss')).toMatchObject({
      file: 'checkpoint-1000/trainer_state.json',
      at: 1000,
    });
    expect(of(2000).problems).toEqual([]);
    expect(problems).toEqual([]);
  });

test('of each training the last state alone tells which checkpoint was its best', async () => {
  const { of } = await measure(trainTwice(0));
  const best = [500, 1000, 1500, 2000, 2500].map((step) => of(step).metrics['best_metric'] ?? null);
  expect(best).toEqual([null, 0.05, null, 0.4, null]);
});

for (const padding of [0, 3000])
  test(`of one training the state of the last checkpoint tells all (${padding} lines before)`, async () => {
    const run = temporaryFolder();
    for (const step of [500, 1000, 1500, 2000, 2500])
      put(
        run,
        `checkpoint-${step}/trainer_state.json`,
        stateOf(upTo(first, step), Math.min(step, 2000), padding),
      );
    const { of, problems } = await measure(run);
    expect([500, 1000, 1500, 2000, 2500].map((step) => of(step).metrics['eval_loss'])).toEqual(
      Object.values(first),
    );
    expect(of(500).problems).toEqual([]);
    expect(of(500).sources.at(-1)?.file).toBe('checkpoint-2500/trainer_state.json');
    expect(of(500).metrics).not.toHaveProperty('best_metric');
    expect(problems).toEqual([]);
  });

test('what a checkpoint measured that no later state has is its own alone', async () => {
  const run = temporaryFolder();
  put(run, 'checkpoint-500/trainer_state.json', stateOf({ 500: 0.9 }, 500));
  for (const step of [1000, 1500])
    put(run, `checkpoint-${step}/trainer_state.json`, stateOf({ [step]: 0.1 }, step));
  const { of } = await measure(run);
  expect([500, 1000, 1500].map((step) => of(step).metrics['eval_loss'])).toEqual([0.9, 0.1, 0.1]);
  expect(of(500).problems).toEqual([]);
});

test('a checkpoint without a state of its own is measured by the last one', async () => {
  const run = temporaryFolder();
  put(run, 'checkpoint-500/model.safetensors', 'x');
  for (const step of [1000, 1500])
    put(run, `checkpoint-${step}/trainer_state.json`, stateOf(upTo(first, step), step));
  expect((await measure(run)).of(500).metrics['eval_loss']).toBe(0.9);
});
