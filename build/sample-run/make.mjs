/** `npm run sample`: trains the sample run anew with real PyTorch and replaces what is committed, and the small runs of the e2e tests. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const fixtures = fileURLToPath(new URL('../../e2e/fixtures/', import.meta.url));

/** Debian's torch belongs to /usr/bin/python3, which need not be the first python3 on the path. */
const pythons = ['python3', '/usr/bin/python3'];

/** @param {string} python */
function hasTorch(python) {
  return spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0;
}

/**
 * @param {string} python
 * @param {string} script
 * @param {string} folder where it writes
 */
function run(python, script, folder) {
  mkdirSync(folder);
  const { status } = spawnSync(python, ['-B', join(here, script), folder], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${script} failed; nothing was replaced`);
}

/**
 * @param {string} from
 * @param {string} to
 */
function replace(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
}

/** @param {string} python */
function makeAll(python) {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-sample-'));
  try {
    run(python, 'make_run.py', join(folder, 'sample'));
    run(python, 'make_fixtures.py', join(folder, 'fixtures'));
    for (const part of ['run', 'expected.json', 'tensors.json'])
      replace(join(folder, 'sample', part), join(here, part));
    for (const part of [
      'generations',
      'edge',
      'formats',
      'oddities',
      'comparisons',
      'expected.json',
      'tensors.json',
      'statistics.json',
    ])
      replace(join(folder, 'fixtures', part), join(fixtures, part));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const python = pythons.find(hasTorch);
if (python === undefined) {
  console.error('The sample run is made by PyTorch, which is not installed. On Debian or Ubuntu:');
  console.error('  sudo apt-get install -y --no-install-recommends python3-torch');
  process.exitCode = 1;
} else {
  console.log('Training the sample run (about half a minute on one core)…');
  makeAll(python);
  console.log('Replaced build/sample-run/run and the small runs in e2e/fixtures.');
}
