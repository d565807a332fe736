import { closeSync, constants, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { ModelValidationError } from '../errors.ts';
import { formatCount } from '../formats/plain-text.ts';
import { type FileIdentity, identityOf } from './file-identity.ts';

const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
/** Most files that are read whole are smaller: they cost four system calls. */
const usual = 64 * 1024;
const buffer = Buffer.allocUnsafe(usual);

/** What a file says, and its state from before it was read. */
export interface FileText {
  text: string;
  identity: FileIdentity;
}

/**
 * The text of a small regular file, read at once. Links are not followed and nothing but a regular file is read.
 * @param limit the most bytes it may have
 * @throws ModelValidationError when it is larger or not a regular file; system errors as they are
 */
export function readText(path: string, limit: number): string {
  return readFileText(path, limit).text;
}

/** {@link readText}, with what tells whether it would say the same again. */
export function readFileText(path: string, limit: number): FileText {
  const file = openSync(path, flags);
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw new ModelValidationError('not a regular file', { path });
    return { text: textOf(file, path, limit, status.size), identity: identityOf(status) };
  } finally {
    closeSync(file);
  }
}

function textOf(file: number, path: string, limit: number, size: number): string {
  if (size > limit) {
    const given = formatCount(size);
    throw new ModelValidationError(`${given} bytes, more than the ${sizeOf(limit)} that are read`, { path });
  }
  const length = size < usual ? readSync(file, buffer, 0, usual, 0) : usual;
  return length < usual ? buffer.toString('utf8', 0, length) : readFileSync(file, 'utf8');
}

function sizeOf(limit: number): string {
  return limit < 1 << 20 ? `${limit >> 10} kB` : `${limit >> 20} MB`;
}
