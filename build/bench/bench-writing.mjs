import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { root } from '../setup/places.mjs';
import { compareInTurns } from './compare-in-turns.mjs';
import { makeBigFiles } from './make-run.mjs';
import { median } from './time-command.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */

const cairn = join(root, 'app/cli/cairn.js');

/** A copy, made durable with its folder, and its checksum, one after the other. */
const byHand = 'cp "$1" "$2" && sync "$2" "$(dirname "$2")" && openssl dgst -sha256 "$2"';
/** The same without waiting for the medium. */
const byHandUnsynced = 'cp "$1" "$2" && openssl dgst -sha256 "$2"';

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
    return [await benchSave(place, weights), await benchRestore(place, weights), await benchPlan()];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} place @param {string} weights @returns {Promise<Figure>} */
function benchSave(place, weights) {
  const [run, copies] = [join(place, 'run'), join(place, 'copies')];
  mkdirSync(copies);
  const save = () => void runCairn(['save', run, '--weights', weights, '--reward', '1']);
  const copy = () => runShell(byHand, weights, join(copies, 'model.pt'));
  const what = 'a durable save of 1 GB, against `cp`, `sync` of file and folder, `openssl dgst -sha256`';
  return compareInTurns(
    what,
    1.25,
    afterQuiet(run, save),
    afterQuiet(join(copies, 'model.pt'), copy),
    noClearing,
  );
}

/** @param {string} place @param {string} weights @returns {Promise<Figure>} */
function benchRestore(place, weights) {
  const [run, target] = [join(place, 'kept'), join(place, 'copy.pt')];
  const saved = JSON.parse(runCairn(['save', run, '--weights', weights, '--reward', '1', '--json']));
  const backup = JSON.parse(runCairn(['backup', run, '--json']));
  const restore = () => void runCairn(['restore', run, backup.id]);
  const copy = () => runShell(byHandUnsynced, weights, target);
  const what = 'a restore of 1 GB, against `cp` and `openssl dgst -sha256`';
  return compareInTurns(
    what,
    1.3,
    afterQuiet(join(run, saved.id), restore),
    afterQuiet(target, copy),
    noClearing,
  );
}

const noClearing = () => undefined;

/**
 * Both sides begin alike: nothing is where they write, and nothing that was written before has still to go to the medium. The file that is copied
 * is in memory, as it was just made.
 * @param {string} target @param {() => void} work @returns {() => number} seconds
 */
function afterQuiet(target, work) {
  return () => {
    rmSync(target, { recursive: true, force: true });
    execFileSync('sync');
    const started = performance.now();
    work();
    return (performance.now() - started) / 1000;
  };
}

/** @param {string} script @param {string} from @param {string} to */
function runShell(script, from, to) {
  execFileSync('sh', ['-c', script, 'sh', from, to], { stdio: 'ignore' });
}

/** @returns {Promise<Figure>} */
async function benchPlan() {
  const { module } = await runnerImport(join(root, 'shared/query/plan-retention.ts'));
  /** @type {import('../../shared/query/plan-retention.ts').RetentionCandidate[]} */
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
    bytes: `${index}`.padStart(64, '0'),
    recognised: true,
    wanted: [],
    measurement: null,
    companions: [],
  }));
  const rules = { keepBest: 50, keepLatest: 50, keepEvery: 100_000, kinds: 'all' };
  const { decisions } = module.planRetention(versions, rules, { name: 'sharpe', mode: 'max' });
  if (decisions.every((/** @type {{ keep: boolean }} */ { keep }) => keep))
    throw new Error('nothing goes by this plan: it measures nothing');
  const runs = Array.from({ length: 7 }, () => {
    const started = performance.now();
    module.planRetention(versions, rules, { name: 'sharpe', mode: 'max' });
    return performance.now() - started;
  });
  const milliseconds = Math.round(median(runs));
  return {
    what: 'a retention plan over 100,000 versions',
    value: `${milliseconds} ms`,
    bar: '< 200 ms',
    met: milliseconds < 200,
  };
}
