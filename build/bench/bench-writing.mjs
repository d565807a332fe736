import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { root } from '../setup/places.mjs';
import { makeBigFiles } from './make-run.mjs';
import { median } from './time-command.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */

const cairn = join(root, 'app/cli/cairn.js');
const turns = 5;

/** A copy, made durable with its folder, and its checksum, one after the other. */
const byHand = 'cp "$1" "$2" && sync "$2" "$(dirname "$2")" && openssl dgst -sha256 "$2"';
/** The same without waiting for the medium. */
const byHandUnsynced = 'cp "$1" "$2" && openssl dgst -sha256 "$2"';

/** @param {() => void} work @returns {number} seconds */
function time(work) {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

/** @param {string[]} args */
function runCairn(args) {
  return execFileSync(process.execPath, [cairn, ...args], { encoding: 'utf8' });
}

/** @returns {Promise<Figure[]>} */
export async function benchWriting() {
  const place = mkdtempSync(join(tmpdir(), 'cairn-bench-writing-'));
  try {
    makeBigFiles(join(place, 'source'), 1, 1_000_000_000);
    const [file = ''] = readdirSync(join(place, 'source'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.pt'),
    );
    const weights = join(place, 'source', file);
    return [benchSave(place, weights), benchRestore(place, weights), await benchPlan()];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} place @param {string} weights @returns {Figure} */
function benchSave(place, weights) {
  const [run, copies] = [join(place, 'run'), join(place, 'copies')];
  const save = () => void runCairn(['save', run, '--weights', weights, '--reward', '1']);
  const copy = () => runShell(byHand, weights, join(copies, 'model.pt'));
  const clear = () => {
    for (const folder of [run, copies]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(copies);
  };
  const what = 'a durable save of 1 GB, against `cp`, `sync` of file and folder, `openssl dgst -sha256`';
  return compare(what, inTurns(save, copy, clear), 1.25);
}

/** @param {string} place @param {string} weights @returns {Figure} */
function benchRestore(place, weights) {
  const [run, target] = [join(place, 'kept'), join(place, 'copy.pt')];
  const saved = JSON.parse(runCairn(['save', run, '--weights', weights, '--reward', '1', '--json']));
  const backup = JSON.parse(runCairn(['backup', run, '--json']));
  const restore = () => void runCairn(['restore', run, backup.id]);
  const copy = () => runShell(byHandUnsynced, weights, target);
  const clear = () => {
    for (const path of [join(run, saved.id), target]) rmSync(path, { force: true });
  };
  return compare(
    'a restore of 1 GB, against `cp` and `openssl dgst -sha256`',
    inTurns(restore, copy, clear),
    1.3,
  );
}

/** @param {string} script @param {string} from @param {string} to */
function runShell(script, from, to) {
  execFileSync('sh', ['-c', script, 'sh', from, to], { stdio: 'ignore' });
}

/**
 * Each first in every other turn: a disk that tires would else be fair to one of them only.
 * @param {() => void} ours @param {() => void} theirs @param {() => void} clear
 */
function inTurns(ours, theirs, clear) {
  return Array.from({ length: turns }, (_, turn) => {
    clear();
    if (turn % 2 === 0) return { ours: time(ours), theirs: time(theirs) };
    const second = time(theirs);
    return { ours: time(ours), theirs: second };
  });
}

/** @returns {Promise<Figure>} */
async function benchPlan() {
  const { module } = await runnerImport(join(root, 'shared/query/plan-retention.ts'));
  const versions = Array.from({ length: 100_000 }, (_, index) => ({
    id: `best_models/model_v${index}.pt`,
    kind: 'best',
    number: index,
    value: Math.sin(index * 12.9898) * 43758.5453,
    state: 'verified',
    time: { milliseconds: index * 60_000, zoned: false },
    modifiedAt: index,
    pinned: index % 1000 === 0,
    step: index * 100,
    linked: false,
    resumed: false,
    immovable: null,
    doubt: null,
  }));
  const rules = { keepBest: 50, keepLatest: 50, keepEvery: 100_000, kinds: 'all' };
  const { decisions } = module.planRetention(versions, rules, { name: 'sharpe', mode: 'max' });
  if (decisions.every((/** @type {{ keep: boolean }} */ { keep }) => keep))
    throw new Error('nothing goes by this plan: it measures nothing');
  const runs = Array.from({ length: 7 }, () =>
    time(() => module.planRetention(versions, rules, { name: 'sharpe', mode: 'max' })),
  );
  const milliseconds = Math.round(1000 * median(runs));
  return {
    what: 'a retention plan over 100,000 versions',
    value: `${milliseconds} ms`,
    bar: '< 200 ms',
    met: milliseconds < 200,
  };
}

/** @param {string} what @param {{ ours: number, theirs: number }[]} pairs @param {number} bar @returns {Figure} */
function compare(what, pairs, bar) {
  const [ours, theirs] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.theirs))];
  const ratio = median(pairs.map((pair) => pair.ours / pair.theirs));
  const value = `${ours.toFixed(2)} s against ${theirs.toFixed(2)} s (${ratio.toFixed(2)} ×)`;
  return { what, value, bar: `≤ ${bar} ×`, met: ratio <= bar };
}
