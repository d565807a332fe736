import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { ModelValidationError } from '../errors.ts';
import { tryLookAt } from './file-identity.ts';

const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
const lineEnd = '\n'.charCodeAt(0);

/** How far a file of lines was read: to the end of a line, in bytes. */
export interface ReadPlace {
  dev: number;
  ino: number;
  bytes: number;
}

/** `isCut`: after the last whole line there is the beginning of another. */
export interface ReadLines {
  text: string;
  place: ReadPlace | null;
  isCut: boolean;
}

/**
 * The whole lines that a file got since it was read to a place; all of them, where it is another file by now, or shorter.
 * @param limit the most bytes that are read
 * @throws ModelValidationError when there are more, or it is not a regular file; system errors as they are, ELOOP for a link
 */
export function readLinesSince(path: string, since: ReadPlace | null, limit: number): ReadLines {
  const file = openSync(path, flags);
  try {
    const status = fstatSync(file);
    const { dev, ino, size } = status;
    if (!status.isFile()) throw new ModelValidationError('not a regular file', { path });
    const isSameFile = since?.dev === dev && since.ino === ino && since.bytes <= size;
    const from = isSameFile ? since.bytes : 0;
    if (size - from > limit) throw new ModelValidationError('more bytes than are read', { path });
    const bytes = bytesBetween(file, from, size);
    const whole = bytes.lastIndexOf(lineEnd) + 1;
    return {
      text: bytes.toString('utf8', 0, whole),
      place: { dev, ino, bytes: from + whole },
      isCut: whole < bytes.length,
    };
  } finally {
    closeSync(file);
  }
}

/** The place after whole lines that were just added, where nothing else was: else the one before, from which all is read again. */
export function placeAfter(path: string, before: ReadPlace | null, added: number): ReadPlace | null {
  const now = tryLookAt(path);
  if (now === null || now instanceof Error || now.size !== (before?.bytes ?? 0) + added) return before;
  const { dev, ino } = now;
  if (before && (before.dev !== dev || before.ino !== ino)) return before;
  return { dev, ino, bytes: now.size };
}

/** The place after so many bytes of the file that is there; null where there is none. */
export function placeIn(path: string, bytes: number): ReadPlace | null {
  const now = tryLookAt(path);
  return now === null || now instanceof Error ? null : { dev: now.dev, ino: now.ino, bytes };
}

function bytesBetween(file: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  let length = 0;
  while (length < bytes.length) {
    const read = readSync(file, bytes, length, bytes.length - length, from + length);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}
