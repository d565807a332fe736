import { cp, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { root } from '../setup/places.mjs';
import { SetupError } from '../setup/report.mjs';
import {
  bundleCli,
  bundleCore,
  bundleMain,
  bundlePreload,
  bundleRenderer,
  bundleWorkers,
} from './bundles.mjs';
import { copyDeclarations, emitDeclarations } from './declarations.mjs';
import { listPageFiles } from './page-files.mjs';
import { fingerprint, isStale, markFresh, notes } from './staleness.mjs';

const SAMPLE_RUN = 'build/sample-run/run';

/** Kernel locks, ready built: the one thing that no JavaScript can do. */
const NATIVE = 'node_modules/fs-native-extensions';
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];

const BUILT_BY = ['build/bundle', 'package-lock.json'];

/** @type {import('./staleness.mjs').Target} */
const APP = {
  name: 'app',
  sources: ['shared', 'src-main', 'src-renderer', 'app/package.json', SAMPLE_RUN, ...BUILT_BY],
  outputs: [
    'app/main/page-files.json',
    'app/preload/preload.cjs',
    'app/renderer/index.html',
    'app/cli/cairn.js',
    'app/core/index.js',
  ],
};

/** @type {import('./staleness.mjs').Target} */
const WORKERS = {
  name: 'workers',
  sources: ['shared', 'src-main/core', ...BUILT_BY],
  outputs: ['app/main/workers'],
};

/** True when a source of app/ changed since it was built. */
export function isAppStale() {
  return isStale(APP);
}

/** Build the whole of app/. A failed build leaves the last one in place. */
export async function buildApp() {
  const [appPrint, workersPrint] = [await fingerprint(APP.sources), await fingerprint(WORKERS.sources)];
  await inStaging(async (staging) => {
    const workers = await findWorkers();
    await allOf([
      bundleMain(join(staging, 'main')),
      bundleCli(join(staging, 'cli')),
      bundleCore(join(staging, 'core')),
      bundlePreload(join(staging, 'preload')),
      bundleRenderer(join(staging, 'renderer')),
      bundleWorkers(join(staging, 'main/workers'), workers),
      emitDeclarations(),
    ]);
    await copyDeclarations(join(staging, 'core/types'));
    for (const part of ['cli', 'core'])
      await cp(join(staging, 'main/workers'), join(staging, part, 'workers'), { recursive: true });
    const pageFiles = await listPageFiles(join(staging, 'renderer'));
    await writeFile(join(staging, 'main/page-files.json'), JSON.stringify(pageFiles, null, 1));
    await copySampleRun(join(staging, 'sample-run'));
    await copyNative(join(staging, 'native'));
    for (const name of await readdir(staging))
      await replaceFolder(join(staging, name), join(root, 'app', name));
  });
  await markFresh(APP, appPrint);
  await markFresh(WORKERS, workersPrint);
}

/** @param {string} folder */
export async function copyNative(folder) {
  const name = 'fs-native-extensions.node';
  for (const platform of PLATFORMS)
    await cp(join(root, NATIVE, 'prebuilds', platform, name), join(folder, platform, name));
  await cp(join(root, NATIVE, 'LICENSE'), join(folder, 'LICENSE'));
}

/** Build app/main/workers alone, if stale: unit tests run the sources, but Node 20 cannot start a thread from a .ts file. */
export async function buildWorkers() {
  if (!(await isStale(WORKERS))) return;
  const print = await fingerprint(WORKERS.sources);
  await inStaging(async (staging) => {
    const made = join(staging, 'workers');
    await bundleWorkers(made, await findWorkers());
    await mkdir(join(root, 'app/main'), { recursive: true });
    await replaceFolder(made, join(root, 'app/main/workers'));
  });
  await markFresh(WORKERS, print);
}

/** As Promise.all, but where one fails the others have ended before that is told: they write where the caller tidies up. @param {Promise<unknown>[]} parts */
async function allOf(parts) {
  await Promise.allSettled(parts);
  await Promise.all(parts);
}

/** @param {(staging: string) => Promise<void>} work */
async function inStaging(work) {
  await mkdir(notes, { recursive: true });
  const staging = await mkdtemp(join(notes, 'staging-'));
  try {
    await work(staging);
  } catch (error) {
    throw new SetupError(`app/ could not be built: ${error instanceof Error ? error.message.trim() : error}`);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** @param {string} made @param {string} place */
async function replaceFolder(made, place) {
  await rm(place, { recursive: true, force: true });
  await rename(made, place);
}

/** What somebody found out about the run while trying things on it stays here. @param {string} place */
async function copySampleRun(place) {
  const filter = (/** @type {string} */ source) => basename(source) !== '.cairn';
  await cp(join(root, SAMPLE_RUN), place, { recursive: true, preserveTimestamps: true, filter }).catch(
    (error) => {
      if (error.code !== 'ENOENT') throw error;
    },
  );
}

/** @returns {Promise<string[]>} relative to the checkout */
async function findWorkers() {
  const names = await readdir(join(root, 'src-main/core'), { recursive: true });
  return names.filter((name) => name.endsWith('-worker.ts')).map((name) => `src-main/core/${name}`);
}
