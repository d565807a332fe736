import { closeSync, constants, openSync, readSync } from 'node:fs';
import { explainError } from './error-code.ts';
import { isFile, type Look } from './file-identity.ts';
import { rawPath } from './raw-names.ts';

const justRead = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/**
 * Why a file that is there cannot be read, in words, as far as its first byte tells; null where that can be read, and where no file is there.
 * @param path absolute @param look at it
 */
export function whyUnreadable(path: string, look: Look): string | null {
  if (look instanceof Error) return explainError(look);
  if (!isFile(look)) return null;
  try {
    const descriptor = openSync(rawPath(path), justRead);
    try {
      readSync(descriptor, Buffer.alloc(1), 0, 1, 0);
      return null;
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return explainError(error);
  }
}
