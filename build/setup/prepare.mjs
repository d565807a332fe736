import { isHeadless } from './display.mjs';
import { resolveElectron } from './electron.mjs';
import { checkNode, ensureNodeModules } from './node-modules.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

/**
 * Bring this machine to where the app can be built and started. Says nothing when nothing is missing.
 * @returns {Promise<import('./electron.mjs').ElectronRuntime>}
 */
export async function prepare() {
  checkNode();
  await ensureNodeModules();
  await ensureSystemLibraries({ display: isHeadless() });
  return resolveElectron();
}
