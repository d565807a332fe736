import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { root } from '../setup/places.mjs';

/** Build notes that must not be shipped. */
export const notes = join(root, 'node_modules', '.cache', 'cairn');

/**
 * A build and what it is made from. Paths are relative to the checkout, or absolute.
 * @typedef {{ name: string, sources: string[], outputs: string[] }} Target
 */

/**
 * True when an output is missing or a source was added, removed or changed since `markFresh`.
 * @param {Target} target
 */
export async function isStale(target) {
  if (target.outputs.some((path) => !existsSync(resolve(root, path)))) return true;
  const before = await readFile(join(notes, `${target.name}.stamp`), 'utf8').catch(() => '');
  return before !== (await fingerprint(target.sources));
}

/**
 * @param {Target} target
 * @param {string} print the fingerprint from before the build, so that a change during it is not missed
 */
export async function markFresh(target, print) {
  await mkdir(notes, { recursive: true });
  await writeFile(join(notes, `${target.name}.stamp`), print);
}

/** Name, size and mtime of every source. @param {string[]} sources files and folders */
export async function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of await listFiles(resolve(root, source))) {
      const { size, mtimeMs } = await stat(path);
      hash.update(`${path}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {Promise<string[]>} the file itself, or all files below the folder, none if it is missing */
async function listFiles(path) {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [];
  if (found.isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.sort();
}
