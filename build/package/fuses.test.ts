import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { allowInspector, findUnsealed, readFuses, SEALED } from './fuses.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-fuses-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A stand-in for an Electron binary: the sentinel, version 1, the length and the wire. */
async function writeBinary(wire: string): Promise<string> {
  const path = join(folder, 'electron');
  const head = Buffer.from([1, wire.length]);
  await writeFile(
    path,
    Buffer.concat([Buffer.from('\x7fELFdL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), head, Buffer.from(wire)]),
  );
  return path;
}

test('the sealed wire has nothing unsealed, also where the newest fuse is lacking', async () => {
  expect(findUnsealed(await readFuses(await writeBinary('010011001')))).toEqual([]);
  expect(findUnsealed(await readFuses(await writeBinary('01001100')))).toEqual([]);
});

test('every single wrong fuse is named', () => {
  for (const [name, state] of Object.entries(SEALED)) {
    expect(findUnsealed({ ...SEALED, [name]: !state })).toEqual([name]);
  }
});

test('a fuse that we have no name for is not let through', async () => {
  expect(findUnsealed(await readFuses(await writeBinary('0100110011')))).toEqual(['fuse 9']);
});

test('letting a debugger in changes the inspector fuse alone', async () => {
  const path = await writeBinary('01001100');
  await allowInspector(path);
  expect(findUnsealed(await readFuses(path))).toEqual(['EnableNodeCliInspectArguments']);
});

test('a file without fuses is refused', async () => {
  const path = join(folder, 'other');
  await writeFile(path, 'no wire here');
  await expect(readFuses(path)).rejects.toThrow('has no fuses');
});
