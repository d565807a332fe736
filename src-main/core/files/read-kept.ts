import type { z } from 'zod';
import { ModelManagerError } from '../errors.ts';
import { errorCode, explainError } from './error-code.ts';
import { readText } from './read-text.ts';

const absent = new Set(['ENOENT', 'ENOTDIR']);
const limit = 64 * 1024 * 1024;

/**
 * A JSON document that Cairn keeps of a run; null where there is none.
 * @param unknown what cannot be told without it
 * @throws ModelManagerError for one that cannot be read: taken for none, what a person put on record would be lost without a word
 */
export function readKept<S extends z.ZodType>(path: string, schema: S, unknown: string): z.infer<S> | null {
  try {
    return schema.parse(JSON.parse(readText(path, limit)));
  } catch (cause) {
    if (absent.has(errorCode(cause) ?? '')) return null;
    throw new ModelManagerError(
      `${unknown} — ${path} ${faultOf(cause)} — fix it, or move it away and do without what it holds`,
      { path, cause },
    );
  }
}

function faultOf(cause: unknown): string {
  return errorCode(cause) === null
    ? 'is damaged, or another version of Cairn wrote it'
    : `cannot be read: ${explainError(cause)}`;
}
