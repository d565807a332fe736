import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { checkpointPickle } from './torch-file.mjs';

/** A member whose bytes are given, or are a hole of so many zeros. @typedef {{ name: string, data: Buffer | number }} Member */

/** Everything that a zip64 keeps beyond 4 GB. APPNOTE.TXT 4.5.3. @param {number[]} values */
function wideField(...values) {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8 * values.length, 2);
  for (const [index, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + 8 * index);
  return field;
}

/** @param {number} signature @param {number} length @param {[number, number, number][]} fields [place, width, value] */
function record(signature, length, fields) {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32LE(signature, 0);
  for (const [place, width, value] of fields) bytes.writeUIntLE(value, place, width);
  return bytes;
}

/**
 * A checkpoint of float32 layers as `torch.save` lays it out in a zip64, whose weights are holes of the file: it takes
 * next to nothing on the disk. PyTorch checks no CRC-32, so there is none.
 * @param {string} path @param {number} layers @param {number} bytes of each
 */
export function writeSparseCheckpoint(path, layers, bytes) {
  const keys = Array.from({ length: layers }, (_, index) => String(index));
  const pickle = checkpointPickle(
    keys.map((key) => ({ key, data: { length: bytes } })),
    {},
    1,
  );
  /** @type {Member[]} */
  const members = [
    { name: 'archive/data.pkl', data: pickle },
    ...keys.map((key) => ({ name: `archive/data/${key}`, data: bytes })),
    { name: 'archive/version', data: Buffer.from('3\n') },
  ];
  const file = openSync(path, 'w');
  let at = 0;
  const write = (/** @type {Buffer} */ piece) => {
    writeSync(file, piece, 0, piece.length, at);
    at += piece.length;
  };
  const directory = members.map(({ name, data }) => {
    const start = at;
    const size = typeof data === 'number' ? data : data.length;
    const rawName = Buffer.from(name);
    const local = wideField(size, size);
    const wide = wideField(size, size, start);
    const all = 0xffffffff;
    write(
      Buffer.concat([
        record(0x04034b50, 30, [
          [18, 4, all],
          [22, 4, all],
          [26, 2, rawName.length],
          [28, 2, local.length],
        ]),
        rawName,
        local,
      ]),
    );
    if (typeof data === 'number') at += data;
    else write(data);
    return Buffer.concat([
      record(0x02014b50, 46, [
        [20, 4, all],
        [24, 4, all],
        [28, 2, rawName.length],
        [30, 2, wide.length],
        [42, 4, all],
      ]),
      rawName,
      wide,
    ]);
  });
  const [start, size] = [at, directory.reduce((sum, { length }) => sum + length, 0)];
  for (const entry of directory) write(entry);
  const wideEnd = at;
  const count = members.length;
  write(
    record(0x06064b50, 56, [
      [4, 6, 44],
      [24, 6, count],
      [32, 6, count],
      [40, 6, size],
      [48, 6, start],
    ]),
  );
  write(
    record(0x07064b50, 20, [
      [8, 6, wideEnd],
      [16, 4, 1],
    ]),
  );
  write(
    record(0x06054b50, 22, [
      [8, 2, 0xffff],
      [10, 2, 0xffff],
      [12, 4, 0xffffffff],
      [16, 4, 0xffffffff],
    ]),
  );
  ftruncateSync(file, at);
  closeSync(file);
}
