import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';
import { buildWorkers, copyNative } from './build-app.mjs';
import { bundleProgram } from './bundles.mjs';

/**
 * Builds the example of a training, with its threads and its lock.
 * @param {string} folder
 * @returns {Promise<string>} the program
 */
export async function buildExample(folder) {
  const place = join(folder, 'example');
  await mkdir(place, { recursive: true });
  await buildWorkers();
  await cp(join(root, 'app/main/workers'), join(place, 'workers'), { recursive: true });
  await copyNative(join(folder, 'native'));
  return bundleProgram(place, 'examples/toy-market/train.ts');
}
