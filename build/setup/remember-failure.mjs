import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './places.mjs';

const DAY = 86_400_000;

/** The file that says what failed and why: deleting it makes it be tried again. @param {string} what */
export function failureFile(what) {
  return join(cacheFolder(), `${what}-failed`);
}

/** Remembers it for a day. @param {string} what @param {string} why */
export async function rememberFailure(what, why) {
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(failureFile(what), why);
}

/** @param {string} what */
export async function failedLately(what) {
  try {
    return Date.now() - (await stat(failureFile(what))).mtimeMs < DAY;
  } catch {
    return false;
  }
}
