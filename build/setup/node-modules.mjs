import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './places.mjs';
import { SetupError, step } from './report.mjs';
import { runNpm } from './run-command.mjs';

const OLDEST_NODE = [20, 19];

/** Refuse a Node that the tools cannot run on, before they fail with something obscure. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = OLDEST_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new SetupError(
    `Node ${process.versions.node} is too old — Cairn is built with ${OLDEST_NODE.join('.')} or newer — install a newer Node`,
  );
}

/** Install node modules when they are missing or are not what package-lock.json asks for. */
export async function ensureNodeModules() {
  if (await isInstalled()) return;
  await step('Installing node modules (npm ci)', () => runNpm(['ci', '--include=dev'], { cwd: root }));
}

async function isInstalled() {
  const wanted = await readPackages(join(root, 'package-lock.json'));
  const installed = await readPackages(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    const found = installed[path]?.version;
    return path === '' || link || found === version || (optional && found === undefined);
  });
}

/**
 * The packages of a lock file; npm writes the hidden one inside node_modules last, so it tells what is really there.
 * @param {string} file
 * @returns {Promise<Record<string, { version?: string, optional?: boolean, link?: boolean }>>}
 */
async function readPackages(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return {};
  }
}
