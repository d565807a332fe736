import { isHeadless } from './display.mjs';
import { resolveElectron } from './electron.mjs';
import { checkNode, ensureNodeModules } from './node-modules.mjs';
import { ensureSystemLibraries, tryTestPackages } from './system-libraries.mjs';

/**
 * Bring this machine to where the app can be built and started, and tested where that is wanted. Says nothing when nothing is missing.
 * @param {{ tests?: boolean }} [wanted]
 * @returns {Promise<import('./electron.mjs').ElectronRuntime>}
 */
export async function prepare({ tests = false } = {}) {
  checkNode();
  await ensureNodeModules();
  await ensureSystemLibraries([
    ...(isHeadless() ? /** @type {const} */ (['Xvfb']) : []),
    ...(tests ? /** @type {const} */ (['strace', 'time']) : []),
  ]);
  if (tests) await tryTestPackages();
  return resolveElectron();
}
