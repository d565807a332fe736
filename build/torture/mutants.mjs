/**
 * Bugs planted one at a time into a copy of the sources; the tests must notice every one:
 *
 *     node build/torture/mutants.mjs [--part 1/4] [WORDS OF A BUG]
 */

import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
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
import { root } from '../setup/places.mjs';
import { DECISIONS } from './planted/decisions.mjs';
import { DURABILITY } from './planted/durability.mjs';
import { quickFolder, report } from './run-under-test.mjs';

/** @typedef {import('./planted/plant.mjs').Mutant} Mutant */
/** Tests to run, the quick first: arguments of node. @typedef {string[][]} Stages */

const MUTANTS = [...DURABILITY, ...DECISIONS];
const LANES = 2;
/** In ms: tests that do not end have noticed something. */
const HANGS_AFTER = 600_000;
const FEW_HISTORIES = { CAIRN_HISTORIES: '400' };

/** @param {string[]} paths */
const tests = (...paths) => [
  join(root, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--bail=1',
  '--testTimeout=120000',
  ...paths,
];

const core = 'src-main/core';
const operations = `${core}/operations`;
const quick = tests(
  ...['histories', 'recover-run', 'take-step', 'run-folders', 'operation.test', 'commit-operation'].map(
    (name) => `${operations}/${name}`,
  ),
  `${core}/files/stage-file`,
);
const slow = tests(`${operations}/faults`, `${operations}/power-cuts`);

/** The tests that watch over the files whose path starts so; the first that fits. @type {[string, Stages][]} */
const WATCHED_BY = [
  ['shared/', [tests('shared/query')]],
  [
    `${core}/files/disk`,
    [tests(`${core}/files/disk`), ['build/torture/power-cuts.mjs', '--count', '60', '--seed', '1']],
  ],
  [`${core}/files/stage-file`, [quick, slow]],
  [`${core}/files/`, [tests(`${core}/files`, `${core}/integrity/verification`)]],
  [
    `${core}/integrity/`,
    [
      tests(`${core}/integrity/judge`, `${core}/integrity/hash-file`, `${core}/integrity/verify-file`),
      tests(`${core}/integrity`),
    ],
  ],
  [`${core}/lock/`, [tests(`${core}/lock`)]],
  [`${core}/backup/`, [tests(`${core}/backup`), quick]],
  [core, [quick, slow]],
];

/** @param {readonly Mutant[]} [mutants] @returns {Promise<{ killed: number, survivors: string[] }>} */
export async function plantMutants(mutants = MUTANTS) {
  const waiting = [...mutants];
  /** @type {string[]} */
  const survivors = [];
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const place = copySources();
    try {
      if (lane === 0) await assertHealthy(place, mutants);
      for (let mutant = waiting.shift(); mutant; mutant = waiting.shift())
        if (!(await isKilled(place, mutant))) survivors.push(mutant.what);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
  await Promise.all(lanes);
  return { killed: mutants.length - survivors.length, survivors };
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
  const stages = new Map(mutants.flatMap(({ file }) => stagesOf(file)).map((args) => [args.join(' '), args]));
  for (const [line, args] of stages)
    if (!(await succeeds(place, args))) throw new Error(`these tests fail with no bug planted: ${line}`);
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

/** @param {string} file @returns {Stages} */
function stagesOf(file) {
  const [, stages = []] = WATCHED_BY.find(([start]) => file.startsWith(start)) ?? [];
  return stages;
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

/** @param {{ killed: number, survivors: string[] }} tally @returns {string[]} */
export function tellMutants({ killed, survivors }) {
  return [
    `planted bugs: ${killed} noticed, ${survivors.length} not`,
    ...survivors.map((what) => `not noticed: ${what}`),
  ];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    options: { part: { type: 'string' } },
    allowPositionals: true,
  });
  const [part = 1, of = 1] = (values.part ?? '1/1').split('/').map(Number);
  const words = positionals.join(' ');
  const tally = await plantMutants(
    MUTANTS.filter(({ what }, index) => what.includes(words) && index % of === part - 1),
  );
  report(tellMutants(tally));
  process.exitCode = tally.survivors.length === 0 ? 0 : 1;
}
