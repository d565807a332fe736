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
const turns = 3;

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
    const [file = ''] = readdirSync(join(place, 'source'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.pt'),
    );
    const weights = join(place, 'source', file);
    return [benchSave(place, weights), benchRestore(place, weights), await benchPlan()];
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} place @param {string} weights @returns {Figure} */
function benchSave(place, weights) {
  const [ours, theirs] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  for (let turn = 0; turn < turns; turn += 1) {
    const run = join(place, `run-${turn}`);
    const target = join(place, `copy-${turn}`, 'model.pt');
    mkdirSync(join(place, `copy-${turn}`));
    theirs.push(time(() => execFileSync('sh', ['-c', byHand, 'sh', weights, target], { stdio: 'ignore' })));
    ours.push(time(() => void runCairn(['save', run, '--weights', weights, '--reward', '1'])));
    for (const folder of [run, join(place, `copy-${turn}`)]) rmSync(folder, { recursive: true });
  }
  return compare('a durable save of 1 GB, against `cp`, `sync` of file and folder, `openssl dgst -sha256`', ours, theirs, 1.25);
}

/** @param {string} place @param {string} weights @returns {Figure} */
function benchRestore(place, weights) {
  const [ours, theirs] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  const run = join(place, 'run');
  const saved = JSON.parse(runCairn(['save', run, '--weights', weights, '--reward', '1', '--json']));
  const backup = JSON.parse(runCairn(['backup', run, '--json']));
  for (let turn = 0; turn < turns; turn += 1) {
    rmSync(join(run, saved.id));
    const target = join(place, 'copy.pt');
    theirs.push(time(() => execFileSync('sh', ['-c', byHandUnsynced, 'sh', weights, target], { stdio: 'ignore' })));
    rmSync(target);
    ours.push(time(() => void runCairn(['restore', run, backup.id])));
  }
  return compare('a restore of 1 GB, against `cp` and `openssl dgst -sha256`', ours, theirs, 1.3);
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
  }));
  const rules = { keepBest: 50, keepLatest: 50, keepEvery: 100_000, kinds: 'all' };
  const runs = Array.from({ length: 7 }, () =>
    time(() => module.planRetention(versions, rules, { name: 'sharpe', mode: 'max' })),
  );
  const milliseconds = Math.round(1000 * median(runs));
  return { what: 'a retention plan over 100,000 versions', value: `${milliseconds} ms`, bar: '< 200 ms', met: milliseconds < 200 };
}

/** @param {string} what @param {number[]} ours @param {number[]} theirs @param {number} bar @returns {Figure} */
function compare(what, ours, theirs, bar) {
  const ratio = median(ours) / median(theirs);
  const value = `${median(ours).toFixed(2)} s against ${median(theirs).toFixed(2)} s (${ratio.toFixed(2)} ×)`;
  return { what, value, bar: `≤ ${bar} ×`, met: ratio <= bar };
}
