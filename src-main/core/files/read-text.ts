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
  return readWith(path, limit, (bytes, identity) => ({ text: bytes.toString('utf8'), identity }));
}

/** {@link readFileText}; null where its bytes are not the UTF-8 of any text. */
export function readExactText(path: string, limit: number): FileText | null {
  return readWith(path, limit, (bytes, identity) => {
    const text = bytes.toString('utf8');
    return Buffer.from(text).equals(bytes) ? { text, identity } : null;
  });
}

/** The end of a file that only grows: whole lines within so many bytes; `before`: how many bytes stand before them. Throws as {@link readText}. */
export function readLastLines(path: string, limit: number): { text: string; before: number } {
  const file = openSync(path, flags);
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw new ModelValidationError('not a regular file', { path });
    const from = Math.max(0, status.size - limit);
    const bytes = endOf(file, from, status.size - from);
    if (from === 0) return { text: bytes.toString('utf8'), before: 0 };
    const start = bytes.indexOf('\n') + 1;
    return { text: bytes.toString('utf8', start), before: from + start };
  } finally {
    closeSync(file);
  }
}

function endOf(file: number, from: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let done = 0;
  for (let count = -1; done < size && count !== 0; done += count)
    count = readSync(file, bytes, done, size - done, from + done);
  return bytes.subarray(0, done);
}

/** @param make is given bytes that are overwritten by the next file */
function readWith<T>(path: string, limit: number, make: (bytes: Buffer, identity: FileIdentity) => T): T {
  const file = openSync(path, flags);
  try {
    const status = fstatSync(file);
    if (!status.isFile()) throw new ModelValidationError('not a regular file', { path });
    return make(bytesOf(file, path, limit, status.size), identityOf(status));
  } finally {
    closeSync(file);
  }
}

function bytesOf(file: number, path: string, limit: number, size: number): Buffer {
  if (size > limit) {
    const given = formatCount(size);
    throw new ModelValidationError(`${given} bytes, more than the ${sizeOf(limit)} that are read`, { path });
  }
  const length = size < usual ? readSync(file, buffer, 0, usual, 0) : usual;
  return length < usual ? buffer.subarray(0, length) : readFileSync(file);
}

function sizeOf(limit: number): string {
  return limit < 1 << 20 ? `${limit >> 10} kB` : `${limit >> 20} MB`;
}
