/**
 * Bugs planted one at a time into a copy of the sources; the tests must notice every one:
 *
 *     node build/torture/mutants.mjs
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../setup/places.mjs';
import { report } from './run-under-test.mjs';

/** @typedef {{ what: string, file: string, find: string, replace: string }} Mutant */

const operations = 'src-main/core/operations';
const stage = 'src-main/core/files/stage-file.ts';
const planner = 'shared/query/plan-retention.ts';
const ranking = 'shared/query/rank-versions.ts';

/** @param {string} what @param {string} file @param {string} find @param {string} replace @returns {Mutant} */
const plant = (what, file, find, replace = '') => ({ what, file, find, replace });

/** @type {Mutant[]} */
const MUTANTS = [
  plant('a staged file is not synced', stage, '  await file.sync();\n  const written', '  const written'),
  plant('a short write is taken for a whole one', stage, 'done += count;', 'done = data.length;'),
  plant('the size is not compared after writing', stage, 'if (written !== size)', 'if (written < 0)'),
  plant(
    'a staged file stays when writing fails',
    stage,
    '    await disk.unlink(path).catch(() => undefined);\n    throw error;\n  }\n}\n\n/** One sync',
    '    throw error;\n  }\n}\n\n/** One sync',
  ),
  plant('a temp file of a live process is swept', stage, '&& !isAlive(Number(pid))', ''),
  plant(
    'the intent is not written',
    `${operations}/commit-operation.ts`,
    'await writeIntent(disk, root, operation);',
    '',
  ),
  plant(
    'the folder of the intents is not synced',
    `${operations}/commit-operation.ts`,
    'intentPath(root, operation.id));\n    await syncFolder(disk, folder);',
    'intentPath(root, operation.id));',
  ),
  plant(
    'what failed is not rolled back',
    `${operations}/commit-operation.ts`,
    'await untakeSteps(disk, root, operation.steps);',
    '',
  ),
  plant(
    'the folders of the steps are not synced',
    `${operations}/commit-operation.ts`,
    'return syncFoldersOf(disk, root, pathsOf(steps));',
    'return Promise.resolve(disk !== null && root !== "" && steps.length >= 0);',
  ),
  plant(
    'an intent is done before its names are durable',
    `${operations}/commit-operation.ts`,
    'else await disk.unlink(intentPath(root, operation.id));\n  await syncFolder',
    'await syncFolder',
  ),
  plant(
    'a name goes before the other is durable',
    `${operations}/take-step.ts`,
    '  const added = steps.map(({ to, keep }) => keep ?? to);\n  await syncFoldersOf(disk, root, added);\n',
    '',
  ),
  plant(
    'the replaced file is not kept',
    `${operations}/take-step.ts`,
    'if (!(await oldIsKept(disk, root, step))) await addLink(disk, root, step, step.to, step.keep);',
    '',
  ),
  plant(
    'a file of someone else is replaced',
    `${operations}/take-step.ts`,
    "if ((to?.ino ?? null) === step.over) return 'pending';",
    "if (to || step.over === null) return 'pending';",
  ),
  plant(
    'recovery finishes what is lost',
    `${operations}/recover-run.ts`,
    "state === 'lost' || state === 'blocked'",
    "state === 'blocked'",
  ),
  plant(
    'recovery does not sync the intents it found',
    `${operations}/recover-run.ts`,
    'if (intents.length > 0) await syncFolder',
    'if (intents.length < 0) await syncFolder',
  ),
  plant('a path may lead out of the run', `${operations}/operation.ts`, "part !== '..'", 'true'),
  plant('the pinned are pruned', planner, "if (version.pinned) reasons = add(reasons, 'pinned');", ''),
  plant(
    'the linked are pruned',
    planner,
    "if (version.linked) reasons = add(reasons, 'a link of the run points to it');",
    '',
  ),
  plant(
    'the newest is pruned',
    planner,
    "if (version.id === leaders.latest) reasons = add(reasons, 'the newest intact version');",
    '',
  ),
  plant(
    'the best is pruned',
    planner,
    "if (version.id === leaders.best) reasons = add(reasons, 'the best intact version');",
    '',
  ),
  plant(
    'what is being written is pruned',
    planner,
    "if (version.state === 'writing') reasons = add(reasons, 'being written');",
    '',
  ),
  plant(
    'broken versions fill places',
    planner,
    'versions.filter(({ state }) => isIntactSoFar(state))',
    'versions.filter(() => true)',
  ),
  plant('the direction is swapped', ranking, "mode === 'max' ? -1 : 1", "mode === 'max' ? 1 : -1"),
  plant(
    'NaN takes part in the ranking',
    ranking,
    'return finiteOrNull(value) !== null;',
    'return value !== null;',
  ),
  plant(
    'a changed file stays verified',
    'src-main/core/files/file-identity.ts',
    'a.ctimeMs === b.ctimeMs &&',
    '',
  ),
];

/** The tests that watch over a file. @param {string} file */
function testsOf(file) {
  if (file.startsWith('shared/')) return ['shared/query'];
  if (file.startsWith(operations)) return [operations];
  if (file === stage) return ['src-main/core/files/stage-file.test.ts', operations];
  return ['src-main/core/files', 'src-main/core/integrity/verification.test.ts'];
}

/** @returns {{ killed: number, survivors: string[] }} */
export function plantMutants() {
  const place = mkdtempSync(join(tmpdir(), 'cairn-mutants-'));
  try {
    const archive = execFileSync('git', [
      '-C',
      root,
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
    ]);
    execFileSync('tar', ['-C', root, '--null', '-T', '-', '-cf', join(place, 'all.tar')], { input: archive });
    execFileSync('tar', ['-C', place, '-xf', join(place, 'all.tar')]);
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
    const survivors = MUTANTS.filter((mutant) => !isKilled(place, mutant)).map(({ what }) => what);
    return { killed: MUTANTS.length - survivors.length, survivors };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** @param {string} place @param {Mutant} mutant */
function isKilled(place, { what, file, find, replace }) {
  const path = join(place, file);
  const healthy = readFileSync(path, 'utf8');
  if (!healthy.includes(find)) throw new Error(`the place for “${what}” is gone from ${file}`);
  writeFileSync(
    path,
    healthy.replace(find, () => replace),
  );
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--bail=1', ...testsOf(file)],
    {
      cwd: place,
      stdio: 'ignore',
    },
  );
  writeFileSync(path, healthy);
  report([`${status === 0 ? 'survived' : 'killed'}: ${what}`]);
  return status !== 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { killed, survivors } = plantMutants();
  report([`mutants: ${killed} killed, ${survivors.length} survived`, ...survivors]);
  process.exitCode = survivors.length === 0 ? 0 : 1;
}
