import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** What Cairn runs, below the resources of a package; the sample run is data, and copied before it is opened. */
const OWN = ['app.asar', 'app.asar.unpacked', 'cli', 'native'];

/**
 * The SHA-256 of each of the app's files by its path from there, with slashes: the app compares them when it starts.
 * @param {string} resources @returns {Promise<Record<string, string>>}
 */
export async function hashOwnFiles(resources) {
  const entries = await readdir(resources, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(resources, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => OWN.includes(path.split('/')[0] ?? ''))
    .sort();
  const hashes = paths.map(async (path) => {
    const hash = createHash('sha256').update(await readFile(join(resources, path)));
    return /** @type {const} */ ([path, hash.digest('hex')]);
  });
  return Object.fromEntries(await Promise.all(hashes));
}
