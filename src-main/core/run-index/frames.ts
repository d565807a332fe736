import { constants, fstatSync, openSync, readSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** The length of the content and its CRC-32, four bytes each, the lowest first. */
const headLength = 8;

/** Where a frame stands in a file: where its head begins, and the bytes of its content. */
export interface FramePlace {
  at: number;
  length: number;
}

const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Opens a file of frames to read it; a link is not followed. @throws system errors as they are */
export function openFrames(path: string): number {
  return openSync(path, flags);
}

/** What follows the fingerprint in a file of frames, two by two; nothing where it has another fingerprint. */
export function* pairsIn(
  file: number,
  fingerprint: string,
): Generator<{ rowsAt: FramePlace; textsAt: FramePlace }> {
  const { size } = fstatSync(file);
  const header = findFrame(file, 0, size);
  if (!header || readFrame(file, header)?.toString('utf8') !== fingerprint) return;
  let rowsAt = findFrame(file, endOf(header), size);
  while (rowsAt) {
    const textsAt = findFrame(file, endOf(rowsAt), size);
    if (!textsAt) return;
    yield { rowsAt, textsAt };
    rowsAt = findFrame(file, endOf(textsAt), size);
  }
}

/** Adds bytes to a file in such a way that reading them tells whether they are whole. @throws system errors as they are */
export function writeFrame(file: number, content: Uint8Array): void {
  const head = Buffer.alloc(headLength);
  head.writeUInt32LE(content.length, 0);
  head.writeUInt32LE(crc32(content), 4);
  writeFileSync(file, head);
  writeFileSync(file, content);
}

/** The frame that begins there, by its head alone; null where no frame fits into so many bytes. */
function findFrame(file: number, at: number, fileSize: number): FramePlace | null {
  const head = readAt(file, at, headLength);
  if (!head) return null;
  const place = { at, length: head.readUInt32LE(0) };
  return endOf(place) <= fileSize ? place : null;
}

/** The content of a frame; null when it is not what was written. */
export function readFrame(file: number, { at, length }: FramePlace): Buffer<ArrayBuffer> | null {
  const bytes = readAt(file, at, headLength + length);
  const content = bytes?.subarray(headLength);
  return content && crc32(content) === bytes?.readUInt32LE(4) ? content : null;
}

/** Where what follows a frame begins. */
function endOf({ at, length }: FramePlace): number {
  return at + headLength + length;
}

function readAt(file: number, at: number, length: number): Buffer<ArrayBuffer> | null {
  // Memory of its own, so that it can be sent on.
  const bytes = Buffer.allocUnsafeSlow(length);
  return readSync(file, bytes, 0, length, at) === length ? bytes : null;
}
