import { execFileSync, spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Chunks } from '../files/stage-file.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { openFileSource } from '../formats/source.ts';
import { checkStructure } from '../formats/structure.ts';
import { python } from './python.fixture.ts';
import { torchSource } from './torch-source.ts';
import { tensorOf } from './torch-value.ts';
import { type ZipMember, zipChunks, zipSize } from './zip-records.ts';

const GiB = 2 ** 30;
const has = (program: string) => spawnSync(program, ['-v']).status === 0;

async function bytesOf(chunks: Chunks): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of chunks) parts.push(part);
  return Buffer.concat(parts);
}

interface Listed {
  count: number;
  torn: string | null;
  members: [name: string, size: number, offset: number, start: string][];
}

/** As Python's zipfile reads it. */
function list(path: string, test: 'test' | 'names', ...names: string[]): Listed {
  const script = join(import.meta.dirname, 'fixtures/list_zip.py');
  return JSON.parse(execFileSync(python, [script, path, test, ...names], { encoding: 'utf8' }));
}

/** As Cairn reads it, by position. */
async function structureOf(path: string) {
  const source = await openFileSource(path);
  try {
    return await checkStructure(source);
  } finally {
    await source.close();
  }
}

/** A file with holes where there is nothing but zeros: it takes next to no room. @returns its length */
async function writeSparsely(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, 'w');
  let position = 0;
  for await (const chunk of chunks) {
    if (chunk !== zeros) await file.write(chunk, 0, chunk.length, position);
    position += chunk.length;
  }
  await file.truncate(position);
  await file.close();
  return position;
}

const zeros = new Uint8Array(16 * 2 ** 20);

/** Four letters, so many bytes of nothing, four letters. */
function large(name: string, nothing: number): ZipMember {
  const ends = Buffer.from('abcd');
  return {
    name,
    size: nothing + 8,
    *chunks() {
      yield ends;
      for (let left = nothing; left > 0; left -= zeros.length) yield zeros;
      yield ends;
    },
  };
}

test('a zip of 65,536 members is read by Python, unzip and Cairn', async () => {
  const path = join(temporaryFolder(), 'many.zip');
  const members = Array.from({ length: 0x10000 }, (_, at): ZipMember => {
    const content = Buffer.from(String(at));
    return { name: `data/${at}`, size: content.length, chunks: () => [content] };
  });
  writeFileSync(path, await bytesOf(zipChunks(members)));
  expect(zipSize(members)).toBe(statSync(path).size);
  const { count, torn, members: read } = list(path, 'test', 'data/0', 'data/65535');
  expect([count, torn, read.map(([, size, , start]) => [size, start])]).toEqual([
    0x10000,
    null,
    [
      [1, '30'],
      [5, '36353533'],
    ],
  ]);
  expect(await structureOf(path)).toMatchObject({ state: 'whole' });
  if (has('unzip')) expect(spawnSync('unzip', ['-tqq', path]).status).toBe(0);
});

test('members beyond 4 GiB, and behind them, are found by Python and zipinfo', {
  timeout: 120_000,
}, async () => {
  const path = join(temporaryFolder(), 'large.zip');
  const small = (name: string): ZipMember => ({ name, size: 4, chunks: () => [Buffer.from(name)] });
  const members = [small('near'), large('long', 4 * GiB), small('far!'), large('last', 4 * GiB)];
  expect(await writeSparsely(path, zipChunks(members))).toBe(zipSize(members));
  const names = members.map(({ name }) => name);
  const listed = list(path, 'names', ...names);
  expect(listed.count).toBe(4);
  expect(listed.members.map(([name, size, , start]) => [name, size, start])).toEqual([
    ['near', 4, '6e656172'],
    ['long', 4 * GiB + 8, '61626364'],
    ['far!', 4, '66617221'],
    ['last', 4 * GiB + 8, '61626364'],
  ]);
  expect(listed.members.map(([, , offset]) => offset > 4 * GiB)).toEqual([false, false, true, true]);
  if (has('zipinfo')) {
    const { status, stdout } = spawnSync('zipinfo', ['-l', path], { encoding: 'utf8' });
    expect([status, stdout.match(/\b4294967304\b/g)?.length]).toEqual([0, 4]);
  }
});

test('zipinfo finds nothing to say against a checkpoint, and unzip tests it', async () => {
  const path = join(temporaryFolder(), 'model.pt');
  const { chunks } = torchSource({ 'größe.weight': tensorOf(Float32Array.of(1, 2)), none: [] });
  writeFileSync(path, await bytesOf(chunks));
  expect(list(path, 'test')).toMatchObject({ count: 4, torn: null });
  for (const [program, ...options] of [['zipinfo', '-v'], ['zipinfo'], ['unzip', '-tqq']]) {
    if (!has(program ?? '')) continue;
    const { status, stdout, stderr } = spawnSync(program ?? '', [...options, path], { encoding: 'utf8' });
    expect([program, status, stderr]).toEqual([program, 0, '']);
    expect(stdout).not.toMatch(/warning|error/i);
  }
});
