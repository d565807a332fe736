/**
 * Bugs planted one at a time into a copy of the sources; the tests must notice every one:
 *
 *     node build/torture/mutants.mjs [--from N] [--seconds N] [--in PATH]… [WORDS OF A BUG]
 *
 * Ended early by its seconds, it says from which bug to go on; with none, it only tries whether all tests pass without a bug. `--in` chooses
 * the bugs of files whose path has that in it.
 */

import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { quickFolder, root } from '../setup/places.mjs';
import { MUTANTS } from './planted/all.mjs';
import { report } from './run-under-test.mjs';

/** @typedef {import('./planted/plant.mjs').Mutant} Mutant */
/** Tests to run, the quick first: arguments of node. @typedef {string[][]} Stages */

const LANES = 2;
/** In ms: tests that do not end have noticed something. */
const HANGS_AFTER = 600_000;
const FEW_HISTORIES = { CAIRN_HISTORIES: '400' };

const TEST_RUNNER = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--bail=1', '--testTimeout=120000'];

/** @param {string[]} paths beginnings of the paths of test files */
const tests = (...paths) => [...TEST_RUNNER, ...paths];

const core = 'src-main/core';
const operations = `${core}/operations`;
const quick = tests(
  ...['histories', 'recover-run', 'take-step', 'run-folders', 'operation.test', 'commit-operation'].map(
    (name) => `${operations}/${name}`,
  ),
  `${core}/files/stage-file`,
);
const swapped = `${operations}/swapped-folders`;
const guarded = [tests(`${core}/files/disk-inside`, `${core}/files/held-folder`), tests(swapped)];
const slow = tests(`${operations}/faults`, `${operations}/power-cuts`);

/** The tests that watch over the files whose path starts so; the first that fits. @type {[string, Stages][]} */
const WATCHED_BY = [
  ['shared/', [tests('shared/query')]],
  [`${core}/files/disk-inside`, guarded],
  [`${core}/files/held-folder`, guarded],
  [
    `${core}/files/disk`,
    [tests(`${core}/files/disk`), ['build/torture/power-cuts.mjs', '--count', '60', '--seed', '1']],
  ],
  [`${core}/files/stage-file`, [quick, slow]],
  [`${core}/files/file-mode`, [tests(`${core}/save/save-version`)]],
  [`${core}/files/`, [tests(`${core}/files`, `${core}/integrity/verification`)]],
  [`${core}/benchmark/`, [tests(`${core}/benchmark`)]],
  [
    `${core}/integrity/remember-sidecar`,
    [tests(`${core}/integrity/changed-sidecars`), tests(`${core}/benchmark/record-evaluations`)],
  ],
  [
    `${core}/integrity/`,
    [
      tests(`${core}/integrity/judge`, `${core}/integrity/hash-file`, `${core}/integrity/verify-file`),
      tests(`${core}/integrity`),
    ],
  ],
  [`${core}/model-manager`, [tests(`${core}/backup/run-backups`), tests(swapped)]],
  [`${operations}/append-line`, [tests(`${operations}/operation-log`)]],
  [`${core}/marks/`, [tests(`${core}/marks`)]],
  [`${core}/lock/`, [tests(`${core}/lock`)]],
  [`${core}/backup/`, [tests(`${core}/backup`), quick]],
  [`${core}/trash/`, [tests(`${core}/trash`), quick, slow]],
  [`${core}/save/save-and-retain`, [tests(`${core}/trash/empty-trash`), tests(`${core}/save`)]],
  [`${core}/save/`, [tests(`${core}/save`)]],
  [`${core}/retention/`, [tests(`${core}/retention`)]],
  [`${core}/training/`, [tests(`${core}/training`)]],
  [
    'examples/cairn_callback.py',
    [tests(`${core}/from-python/callback-s`), tests(`${core}/from-python/callback`)],
  ],
  [core, [quick, slow]],
];

/** @typedef {{ killed: number, survivors: string[], waiting: number }} Tally */

/** @param {readonly Mutant[]} [mutants] @param {number} [seconds] for planting them, once all tests have passed without @returns {Promise<Tally>} */
export async function plantMutants(mutants = MUTANTS, seconds = Number.POSITIVE_INFINITY) {
  const waiting = [...mutants];
  /** @type {string[]} */
  const survivors = [];
  const plant = async (/** @type {string} */ place) => {
    for (let mutant = next(waiting, until); mutant; mutant = next(waiting, until))
      if (!(await isKilled(place, mutant))) survivors.push(mutant.what);
  };
  await inCopy((place) => assertHealthy(place, mutants));
  const until = Date.now() + 1000 * seconds;
  const lanes = Array.from({ length: LANES }, () => inCopy(plant));
  await Promise.all(lanes);
  return { killed: mutants.length - waiting.length - survivors.length, survivors, waiting: waiting.length };
}

/** @param {Mutant[]} waiting @param {number} until @returns {Mutant | undefined} */
function next(waiting, until) {
  return Date.now() < until ? waiting.shift() : undefined;
}

/** @param {(place: string) => Promise<void>} work */
async function inCopy(work) {
  const place = copySources();
  try {
    await work(place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** All that is, or would be, under version control, with what was built. @returns {string} its folder */
function copySources() {
  const place = mkdtempSync(join(quickFolder(), 'cairn-mutants-'));
  const listed = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const names = execFileSync('git', ['-C', root, ...listed]);
  execFileSync('tar', ['-C', root, '--null', '-T', '-', '-cf', join(place, 'all.tar')], { input: names });
  execFileSync('tar', ['-C', place, '-xf', join(place, 'all.tar')]);
  cpSync(join(root, 'app'), join(place, 'app'), { recursive: true });
  linkPackages(join(root, 'node_modules'), join(place, 'node_modules'));
  return place;
}

/** The packages, but not what was noted of builds: those are of other sources. @param {string} from @param {string} to */
function linkPackages(from, to) {
  mkdirSync(to);
  for (const name of readdirSync(from)) if (name !== '.cache') symlinkSync(join(from, name), join(to, name));
}

/** Tests that fail anyhow would notice every bug. @param {string} place @param {readonly Mutant[]} mutants */
async function assertHealthy(place, mutants) {
  for (const args of eachTestOnce(mutants.flatMap(({ file }) => stagesOf(file))))
    if (!(await succeeds(place, args)))
      throw new Error(`these tests fail with no bug planted: ${args.join(' ')}`);
}

/** Of many stages that have tests in common. @param {Stages} stages @returns {Stages} a run for each folder of tests, and each other program */
function eachTestOnce(stages) {
  const [runner] = TEST_RUNNER;
  const others = stages.filter(([program]) => program !== runner);
  const paths = [
    ...new Set(
      stages.filter(([program]) => program === runner).flatMap((args) => args.slice(TEST_RUNNER.length)),
    ),
  ];
  const widest = paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(other)));
  const folderOf = (/** @type {string} */ path) => path.split('/').slice(0, 3).join('/');
  const folders = [...new Set(widest.map(folderOf))];
  const programs = new Map(others.map((args) => [args.join(' '), args]));
  return [
    ...folders.map((folder) => tests(...widest.filter((path) => folderOf(path) === folder))),
    ...programs.values(),
  ];
}

/** @param {string} place @param {Mutant} mutant */
async function isKilled(place, { what, file, find, replace }) {
  const path = join(place, file);
  const healthy = readFileSync(path, 'utf8');
  if (!healthy.includes(find)) throw new Error(`the place for “${what}” is gone from ${file}`);
  writeFileSync(
    path,
    healthy.replace(find, () => replace),
  );
  const started = Date.now();
  const killed = await anyFails(place, stagesOf(file));
  writeFileSync(path, healthy);
  report([`${killed ? 'killed' : 'survived'}: ${what} (${((Date.now() - started) / 1000).toFixed(1)} s)`]);
  return killed;
}

/** The tests that stand beside a file come first. @param {string} file @returns {Stages} */
function stagesOf(file) {
  const [, stages = []] = WATCHED_BY.find(([start]) => file.startsWith(start)) ?? [];
  const beside = file.replace(/\.ts$/, '.test.ts');
  return beside !== file && existsSync(join(root, beside)) ? [tests(beside), ...stages] : stages;
}

/** @param {string} place @param {Stages} stages @returns {Promise<boolean>} */
async function anyFails(place, stages) {
  for (const args of stages) if (!(await succeeds(place, args))) return true;
  return false;
}

/** @param {string} place @param {string[]} args of node @returns {Promise<boolean>} */
function succeeds(place, args) {
  const env = { ...process.env, ...FEW_HISTORIES, CAIRN_TORTURE: '' };
  const child = spawn(process.execPath, args, { cwd: place, stdio: 'ignore', env, timeout: HANGS_AFTER });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done(code === 0));
  });
}

/** @param {Tally} tally @returns {string[]} */
export function tellMutants({ killed, survivors, waiting }) {
  return [
    `planted bugs: ${killed} noticed, ${survivors.length} not, ${waiting} not planted`,
    ...survivors.map((what) => `not noticed: ${what}`),
  ];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    options: {
      from: { type: 'string' },
      seconds: { type: 'string' },
      in: { type: 'string', multiple: true, default: [''] },
    },
    allowPositionals: true,
  });
  const from = Number(values.from ?? 0);
  const words = positionals.join(' ');
  const isChosen = (/** @type {Mutant} */ { what, file }) =>
    what.includes(words) && values.in.some((place) => file.includes(place));
  const chosen = MUTANTS.filter(isChosen);
  const tally = await plantMutants(chosen.slice(from), Number(values.seconds ?? Number.POSITIVE_INFINITY));
  report(tellMutants(tally));
  if (tally.waiting > 0) report([`go on with --from ${chosen.length - tally.waiting}`]);
  process.exitCode = tally.survivors.length === 0 ? 0 : 1;
}
