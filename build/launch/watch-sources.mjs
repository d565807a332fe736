import { watch } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';

const FOLDERS = ['shared', 'src-main', 'src-renderer'];
const QUIET = 150;

/**
 * Resolves once a source has changed and editors have been quiet for a moment; never, once `signal` is aborted.
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function sourcesChanged(signal) {
  return new Promise((done) => {
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    for (const folder of FOLDERS) {
      watch(join(root, folder), { recursive: true, signal }, () => {
        clearTimeout(timer);
        timer = setTimeout(done, QUIET);
      });
    }
  });
}
