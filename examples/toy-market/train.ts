// Trains a small actor-critic on a toy market and saves it through Cairn: npm run example -- RUN [--updates N] [--seed N] [--every N] [--json]
import { mkdirSync } from 'node:fs';
import { Program } from '../../src-main/core/program.ts';
import { Adam } from './adam.ts';
import { learn, stepsOfUpdate } from './learn.ts';
import { Network } from './network.ts';
import { readOptions } from './read-options.ts';
import { type Told, teller } from './tell.ts';
import { loadWeights, weightsOf } from './weights.ts';

process.on('uncaughtException', ({ message }) => {
  process.stderr.write(`${message.split('\n', 1)[0]}\n`);
  process.exit(1);
});

const { run, updates, seed, every, json } = readOptions(process.argv.slice(2));
const hidden = 16;
const tell: (told: Told) => void = teller(json, updates);

const network = new Network(hidden, seed);
const adam = new Adam(network.parameters, 0.003);

mkdirSync(run, { recursive: true });
const program = new Program(run);
const training = program.train({
  state: () => weightsOf(adam),
  rules: { checkpointEverySteps: every * stepsOfUpdate, minImprovement: 0.01 },
  metadata: {
    model_class: 'ToyTrader',
    model_config: { hidden },
    training_config: { seed, learning_rate: adam.rate },
  },
  onSaved: ({ id, checksum }, { global_update = 0 }) =>
    tell({ event: 'saved', id, checksum, update: global_update }),
  onSaveFailed: (kind, error) =>
    tell({ event: 'failed', kind, why: error instanceof Error ? error.message : `${error}` }),
});
// A cluster that takes the machine back gives half a minute, as a rule.
training.endOnSignals({ lastCheckpoint: true, grace: 20_000 });

const { version, trainingState, passedOver } = await training.resume();
if (version) await loadWeights(adam, version.file.path);
const done = trainingState.global_update ?? 0;
tell({ event: 'resumed', id: version?.file.id ?? null, update: done, passedOver });

for (let update = done + 1; update <= updates; update += 1) {
  const measured = learn(network, seed, update);
  adam.move();
  const step = update * stepsOfUpdate;
  const { shouldStop } = await training.onUpdate({ ...measured, step, update, learning_rate: adam.rate });
  tell({ event: 'updated', update, reward: measured.mean_reward });
  if (shouldStop !== null) break;
}
await program.close({ lastCheckpoint: true });
tell({ event: 'ended', update: training.trainingState.global_update ?? 0 });
