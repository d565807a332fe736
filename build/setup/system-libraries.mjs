import { access, constants, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { failedLately, failureFile, rememberFailure } from './remember-failure.mjs';
import { SetupError, say, step } from './report.mjs';
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

const TEST_PACKAGES = 'test-packages';
/** Where Debian's own Python has what PyTorch is. */
const TORCH = '/usr/lib/python3/dist-packages/torch';

/** Installs what some tests are skipped without, where that is possible: as root on Debian and Ubuntu. Where it is not, they are skipped, and that is said. */
export async function tryTestPackages() {
  if (process.platform !== 'linux' || !(await isDebian())) return;
  const missing = [
    ...((await isOnPath('mkfs.xfs')) ? [] : ['xfsprogs']),
    ...((await isThere(TORCH)) ? [] : ['python3-torch']),
  ];
  if (missing.length === 0) return;
  const line = `apt-get install -y ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) return say(`· Some tests are skipped here; for them too: sudo ${line}`);
  if (await failedLately(TEST_PACKAGES)) return;
  try {
    await install(missing.map((name) => [name]));
  } catch (error) {
    await rememberFailure(TEST_PACKAGES, String(error));
    const file = failureFile(TEST_PACKAGES);
    say(`  not possible: some tests are skipped; not tried again for a day (to try now, delete ${file})`);
  }
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
  const tries = PATH.split(delimiter).map((folder) => isThere(join(folder, name), constants.X_OK));
  return (await Promise.all(tries)).some((found) => found);
}

/** @param {string} path @param {number} [mode] */
function isThere(path, mode) {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
