import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where two folders differ: a line per missing file and per differing byte range, none when they are the same.
 * @param {string} left
 * @param {string} right
 * @returns {Promise<{ file: string, bytes: number }[]>} `bytes`: how many differ, Infinity when a size differs or a file is missing
 */
export async function compareTrees(left, right) {
  const files = new Set([...(await listFiles(left)), ...(await listFiles(right))]);
  const differences = [];
  for (const file of [...files].sort()) {
    const bytes = countDifferent(await readIfThere(join(left, file)), await readIfThere(join(right, file)));
    if (bytes > 0) differences.push({ file, bytes });
  }
  return differences;
}

/** @param {string} folder @returns {Promise<string[]>} */
async function listFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

/** @param {string} path */
function readIfThere(path) {
  return readFile(path).catch(() => undefined);
}

/** @param {Buffer | undefined} left @param {Buffer | undefined} right */
function countDifferent(left, right) {
  if (left === undefined || right === undefined || left.length !== right.length)
    return Number.POSITIVE_INFINITY;
  if (left.equals(right)) return 0;
  let count = 0;
  for (let index = 0; index < left.length; index += 1) count += left[index] === right[index] ? 0 : 1;
  return count;
}
