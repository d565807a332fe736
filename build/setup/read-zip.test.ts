import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unpackZip } from './read-zip.mjs';

type Member = { name: string; text: string; mode: number; packed: boolean };

const PROGRAM: Member = { name: 'top/bin/tool', text: 'run '.repeat(1000), mode: 0o744, packed: true };
const NOTE: Member = { name: 'top/note.txt', text: 'stored as it is', mode: 0o644, packed: false };
const FOLDER: Member = { name: 'top/bin/', text: '', mode: 0o755, packed: false };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-zip-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('packed and stored files come out whole, and programs can be run by everyone', async () => {
  await unpack([FOLDER, PROGRAM, NOTE], (name) => name.replace('top/', ''));
  expect(await readFile(join(folder, 'out/bin/tool'), 'utf8')).toBe(PROGRAM.text);
  expect(await readFile(join(folder, 'out/note.txt'), 'utf8')).toBe(NOTE.text);
  expect((await stat(join(folder, 'out/bin/tool'))).mode & 0o111).toBe(0o111);
  expect((await stat(join(folder, 'out/note.txt'))).mode & 0o111).toBe(0);
});

test('files that are given no place are left out', async () => {
  await unpack([PROGRAM, NOTE], (name) => (name.endsWith('.txt') ? 'note' : undefined));
  expect(await readdir(join(folder, 'out'))).toEqual(['note']);
});

test('a file that is not a zip is refused', async () => {
  await writeFile(join(folder, 'bad.zip'), 'x'.repeat(100));
  await expect(unpackZip(join(folder, 'bad.zip'), folder, (name) => name)).rejects.toThrow('no end record');
});

async function unpack(members: Member[], place: (name: string) => string | undefined): Promise<void> {
  await writeFile(join(folder, 'a.zip'), writeZip(members));
  await unpackZip(join(folder, 'a.zip'), join(folder, 'out'), place);
}

/** The least of a zip that a reader needs: local headers, directory, end record. */
function writeZip(members: Member[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let start = 0;
  for (const { name, text, mode, packed } of members) {
    const data = packed ? deflateRawSync(text) : Buffer.from(text);
    const local = Buffer.alloc(30);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt16LE(packed ? 8 : 0, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(start, 42);
    locals.push(local, Buffer.from(name), data);
    directory.push(entry, Buffer.from(name));
    start += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([...locals, ...directory, end]);
}
