import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup/places.mjs';

/** What one test file does to all others in its process: it puts something in the place of a module, counts descriptors, or changes how the process works. */
const ALONE =
  /vi\.(?:mock|doMock|stubEnv|stubGlobal)\(|\/proc\/self|setFlagsFromString|process\.(?:umask|chdir)\(|process\.env\[\S+\] =|delete process\.env/;

/**
 * The test files of a folder that need a process of their own. All others share what they load: loading it for each file takes as
 * long as they do.
 * @param {string} folder relative to the checkout @returns {string[]} relative to the checkout
 */
export function testsAlone(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) => /\.test\.tsx?$/.test(name) && ALONE.test(readFileSync(join(root, folder, name), 'utf8')),
    )
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}
