import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { ModelValidationError } from '../errors.ts';

const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
let shared = Buffer.allocUnsafe(64 * 1024);

/**
 * The text of a small regular file, read at once. Links are not followed and nothing but a regular file is read.
 * @param limit the most bytes it may have
 * @throws ModelValidationError when it is larger or not a regular file; system errors as they are
 */
export function readText(path: string, limit: number): string {
  const file = openSync(path, flags);
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw new ModelValidationError('not a regular file', { path });
    if (status.size > limit) {
      throw new ModelValidationError(
        `${status.size.toLocaleString('en')} bytes, more than the ${limit >> 20} MB that are read`,
        { path },
      );
    }
    return readAll(file, status.size);
  } finally {
    closeSync(file);
  }
}

function readAll(file: number, size: number): string {
  if (shared.length < size) shared = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const count = readSync(file, shared, length, size - length, length);
    if (count === 0) break;
    length += count;
  }
  const text = shared.toString('utf8', 0, length);
  if (shared.length > 1024 * 1024) shared = Buffer.allocUnsafe(64 * 1024);
  return text;
}
