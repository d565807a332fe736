import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/**
 * One file of a zip archive. `start` is where its local header begins; sizes are bytes.
 * @typedef {{ name: string, method: number, packedSize: number, executable: boolean, start: number }} ZipEntry
 */

const END_RECORD = 0x06054b50;
const END_RECORD_SIZE = 22;
const LOCAL_HEADER_SIZE = 30;

/**
 * Unpack the files of a zip (no zip64, no encryption) that `place` gives a path, relative to `folder`.
 * A fresh machine has no `unzip`, so we read the format ourselves: APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16.
 * @param {string} zip
 * @param {string} folder
 * @param {(name: string) => string | undefined} place
 */
export async function unpackZip(zip, folder, place) {
  const file = await open(zip);
  try {
    for (const entry of await readDirectory(file)) {
      const path = entry.name.endsWith('/') ? undefined : place(entry.name);
      if (path === undefined) continue;
      const start = await findData(file, entry);
      await unpackEntry(zip, start, entry, join(folder, path));
    }
  } finally {
    await file.close();
  }
}

/** @param {import('node:fs/promises').FileHandle} file @returns {Promise<ZipEntry[]>} */
async function readDirectory(file) {
  const { size } = await file.stat();
  const end = await readBytes(file, size - END_RECORD_SIZE, END_RECORD_SIZE);
  if (end.readUInt32LE(0) !== END_RECORD) throw new Error('The zip archive has no end record');
  const directory = await readBytes(file, end.readUInt32LE(16), end.readUInt32LE(12));
  const entries = [];
  for (let at = 0; at < directory.length; ) {
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, nameEnd),
      method: directory.readUInt16LE(at + 10),
      packedSize: directory.readUInt32LE(at + 20),
      executable: ((directory.readUInt32LE(at + 38) >>> 16) & 0o111) !== 0,
      start: directory.readUInt32LE(at + 42),
    });
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** @param {import('node:fs/promises').FileHandle} file @param {ZipEntry} entry */
async function findData(file, entry) {
  const header = await readBytes(file, entry.start, LOCAL_HEADER_SIZE);
  return entry.start + LOCAL_HEADER_SIZE + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** @param {string} zip @param {number} start @param {ZipEntry} entry @param {string} path */
async function unpackEntry(zip, start, entry, path) {
  await mkdir(dirname(path), { recursive: true });
  await pipeline(
    createReadStream(zip, { start, end: start + entry.packedSize - 1 }),
    entry.method === 0 ? new PassThrough() : createInflateRaw(),
    createWriteStream(path, { mode: entry.executable ? 0o755 : 0o644 }),
  );
}

/** @param {import('node:fs/promises').FileHandle} file @param {number} position @param {number} length */
async function readBytes(file, position, length) {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new Error('The zip archive ends too early');
  return buffer;
}
