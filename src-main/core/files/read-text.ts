import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { ModelValidationError } from '../errors.ts';
import { formatCount } from '../formats/plain-text.ts';
import { errorCode } from './error-code.ts';

const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
/** Most files that are read whole are smaller: they cost three system calls. */
const usual = 64 * 1024;
const buffer = Buffer.allocUnsafe(usual);

/**
 * The text of a small regular file, read at once. Links are not followed and nothing but a regular file is read.
 * @param limit the most bytes it may have
 * @throws ModelValidationError when it is larger or not a regular file; system errors as they are
 */
export function readText(path: string, limit: number): string {
  const file = openSync(path, flags);
  try {
    const length = readStart(file, path);
    // Nothing at once may be a pipe, and a full buffer may be anything: only then is the kind of file asked for.
    if (length > 0 && length < Math.min(usual, limit)) return buffer.toString('utf8', 0, length);
    return readLarge(file, path, limit);
  } finally {
    closeSync(file);
  }
}

/** Reading at a place of its own is what a pipe cannot do: of one nothing is taken. */
function readStart(file: number, path: string): number {
  try {
    return readSync(file, buffer, 0, usual, 0);
  } catch (error) {
    if (errorCode(error) !== 'ESPIPE' && errorCode(error) !== 'EISDIR') throw error;
    throw new ModelValidationError('not a regular file', { path });
  }
}

function readLarge(file: number, path: string, limit: number): string {
  const status = fstatSync(file);
  if (!status.isFile()) throw new ModelValidationError('not a regular file', { path });
  if (status.size > limit) {
    const size = formatCount(status.size);
    throw new ModelValidationError(`${size} bytes, more than the ${sizeOf(limit)} that are read`, { path });
  }
  return readFileSync(file, 'utf8');
}

function sizeOf(limit: number): string {
  return limit < 1 << 20 ? `${limit >> 10} kB` : `${limit >> 20} MB`;
}
