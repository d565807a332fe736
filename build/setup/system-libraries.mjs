import { access, constants, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { SetupError, step } from './report.mjs';
import { runCommand, tryCommand } from './run-command.mjs';

/** What Electron cannot start without, by the file that shows it is there; newer Debian and Ubuntu have the t64 names. */
const LIBRARIES = {
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnss3.so': ['libnss3'],
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libgbm.so.1': ['libgbm1'],
};

/** The package of each program that a start without a display, or the tests, may need. */
const PROGRAMS = { Xvfb: 'xvfb', strace: 'strace', time: 'time' };

/**
 * Install the Debian packages that Electron needs and this machine lacks: as root on Debian and Ubuntu; anyone else
 * is told the one line to run.
 * @param {(keyof typeof PROGRAMS)[]} programs what is needed beside the libraries
 */
export async function ensureSystemLibraries(programs) {
  if (process.platform !== 'linux') return;
  const missing = await findMissing(programs);
  if (missing.length === 0) return;
  if (!(await isDebian())) {
    const names = missing.map((names) => names.at(-1)).join(' ');
    throw new SetupError(
      `system libraries are missing — not a Debian or Ubuntu — install what Debian calls: ${names}`,
    );
  }
  await (process.getuid?.() === 0 ? install(missing) : refuse(missing));
}

/** @param {(keyof typeof PROGRAMS)[]} programs @returns {Promise<string[][]>} for each missing thing the package names it may have */
async function findMissing(programs) {
  const { output } = await tryCommand('/sbin/ldconfig', ['-p']);
  const present = new Set(output.split('\n').map((line) => line.trim().split(' ')[0]));
  const missing = Object.entries(LIBRARIES).flatMap(([file, names]) => (present.has(file) ? [] : [names]));
  for (const program of programs) if (!(await isOnPath(program))) missing.push([PROGRAMS[program]]);
  return missing;
}

/** @param {string[][]} missing */
async function install(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('Reading the package lists (apt-get update)', () =>
    runCommand('apt-get', ['update', '-q'], { env }),
  );
  const names = await Promise.all(missing.map(chooseName));
  const args = ['install', '-y', '-q', '--no-install-recommends', ...names];
  await step(`Installing ${names.join(' ')}`, () => runCommand('apt-get', args, { env }));
}

/** @param {string[][]} missing */
async function refuse(missing) {
  const names = await Promise.all(missing.map(chooseName));
  throw new SetupError(
    `system libraries are missing — only root may install them — run: sudo apt-get install -y ${names.join(' ')}`,
  );
}

/** @param {string[]} names the first one that apt knows, else the last @returns {Promise<string>} */
async function chooseName(names) {
  for (const name of names) {
    const { output } = await tryCommand('apt-cache', ['show', '--no-all-versions', name]);
    if (output.startsWith('Package:')) return name;
  }
  return names.at(-1) ?? '';
}

async function isDebian() {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}

/** @param {string} name */
async function isOnPath(name) {
  const { PATH = '' } = process.env;
  const tries = PATH.split(delimiter).map((folder) => access(join(folder, name), constants.X_OK));
  return (await Promise.allSettled(tries)).some(({ status }) => status === 'fulfilled');
}
