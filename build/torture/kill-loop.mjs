/**
 * kill -9 of the built command line at random times, and an oracle after each:
 *
 *     node build/torture/kill-loop.mjs [--count N] [--seed N]
 */

import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { crashOf } from './crashes.mjs';
import { inWorkshop, RunUnderTest, randomNumbers, report } from './run-under-test.mjs';

const LANES = 2;
/** Of each lane, however slow the machine. */
const FEWEST = 10;
/** It says the same of whatever it is given. */
const EVALUATOR = `printf '{"score": 1}\\n%.0s' {model}`;

/** @typedef {{ kills: number, finished: number, faults: string[] }} Tally */

/**
 * @param {number} count @param {number} seed @param {number} [until] a time in ms
 * @returns {Promise<Tally>} `finished`: commands that were done before their kill came
 */
export function runKillLoop(count, seed, until = Number.POSITIVE_INFINITY) {
  return inWorkshop(async (workshop) => {
    const lanes = Array.from({ length: LANES }, (_, lane) =>
      runLane(workshop, count / LANES, seed + lane, until),
    );
    const tallies = await Promise.all(lanes);
    return {
      kills: tallies.reduce((sum, { kills }) => sum + kills, 0),
      finished: tallies.reduce((sum, { finished }) => sum + finished, 0),
      faults: tallies.flatMap(({ faults }) => faults),
    };
  });
}

/** @param {import('./run-under-test.mjs').Workshop} workshop @param {number} count @param {number} seed @param {number} until @returns {Promise<Tally>} */
async function runLane(workshop, count, seed, until) {
  const random = randomNumbers(seed);
  const run = new RunUnderTest(workshop, `run-${seed}`);
  const tally = { kills: 0, finished: 0, faults: /** @type {string[]} */ ([]) };
  let usual = await warmUp(run);
  const isDue = () => tally.kills < Math.min(count, FEWEST) || Date.now() < until;
  while (tally.kills < count && tally.faults.length === 0 && isDue()) {
    const args = chooseCommand(run, random);
    const killAfter = usual * (0.3 + 0.9 * random());
    const end = await run.run(args, { killAfter });
    run.acknowledge(args, end);
    if (end.signal === 'SIGKILL') tally.kills += 1;
    else {
      tally.finished += 1;
      usual = 0.9 * usual + 0.1 * end.ms;
    }
    // Every third time the next command finds it as it is, and may be killed while it recovers.
    const settled = random() < 0.33 ? [] : await run.settle();
    const faults = [...crashOf(end), ...run.lost(), ...settled];
    const where = `seed ${seed}, kill ${tally.kills}: ${args.slice(0, 1)} killed after ${Math.round(killAfter)} ms`;
    tally.faults.push(...faults.map((fault) => `${where}: ${fault}`));
    if (tally.kills % 10 === 0) await forget(run);
  }
  return tally;
}

/** @param {RunUnderTest} run @returns {Promise<number>} how long a save takes, in ms */
async function warmUp(run) {
  let took = 0;
  for (const reward of [1, 2, 3, 4]) {
    const args = ['save', run.folder, '--weights', run.makeWeights(), '--reward', `${reward}`];
    const end = await run.run(args);
    run.acknowledge(args, end);
    if (end.code !== 0) throw new Error(`cannot save: ${end.err}`);
    took = end.ms;
  }
  return took;
}

/** @param {RunUnderTest} run @param {() => number} random */
function chooseCommand(run, random) {
  const kind = Math.floor(random() * 13);
  if (kind === 12) return ['benchmark', run.folder, 'best', '--evaluator', EVALUATOR, '--again'];
  if (kind < 5) return saveArgs(run, random);
  if (kind < 7) return ['prune', run.folder, '--keep-best', '1', '--keep-latest', '1', '--yes'];
  if (kind < 8) return ['trash', run.folder, 'best'];
  if (kind < 9) return ['undo', run.folder];
  const [backup] = run.backups;
  return backup === undefined || random() < 0.5 ? ['backup', run.folder] : ['restore', run.folder, backup];
}

/** A best model, or the checkpoint over the last one. @param {RunUnderTest} run @param {() => number} random */
function saveArgs(run, random) {
  const kind = random() < 0.5 ? 'best' : 'checkpoint';
  const reward = `${Math.round(random() * 1000) / 100}`;
  return ['save', run.folder, '--weights', run.makeWeights(), '--kind', kind, '--reward', reward];
}

/** What is deleted on purpose is no loss; without it each look at the run would take longer. @param {RunUnderTest} run */
async function forget(run) {
  const kept = run.outsideTrash();
  const end = await run.run(['trash', run.folder, '--empty', '--yes']);
  if (end.code !== 0) throw new Error(`cannot empty the trash: ${end.err}`);
  run.acknowledged = kept;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
  const seed = Number(values.seed ?? Date.now() % 1e6);
  const { kills, finished, faults } = await runKillLoop(Number(values.count ?? 60), seed);
  report([`seed ${seed}: ${kills} kills, ${finished} commands that were quicker`, ...faults]);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
