import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { hasTorch, python } from '../packing/python.fixture.ts';
import { loadingSnippet } from './loading-snippet.ts';

const fixtures = join(import.meta.dirname, '../../../e2e/fixtures/formats');

test.each([
  ['plain.pt', 'state = torch.load(PATH, map_location="cpu", weights_only=True)'],
  ['legacy_module.pt', 'weights_only=True'],
  ['script.pt', 'torch.jit.load(PATH'],
  ['sb3.zip', 'model = PPO.load(PATH, device="cpu")'],
  ['arrays_2.pkl', 'cairn inspect PATH'],
])('%s is loaded by %s', async (name, line) => {
  const path = join(fixtures, name);
  expect(await loadingSnippet(path)).toContain(line.replace('PATH', JSON.stringify(path)));
});

test.each([
  ['plain.pt', '    state = torch.load(file, map_location="cpu", weights_only=True)\n'],
  ['legacy_module.pt', '    state = torch.load(file, '],
  ['arrays_2.pkl', '# It is packed by gzip, and what is in it'],
])('%s, packed, is loaded through gzip.open: %s', async (name, line) => {
  const packed = gzipSync(readFileSync(join(fixtures, name)));
  const path = put(temporaryFolder(), `${name}.gz`, packed);
  const snippet = await loadingSnippet(path);
  expect(snippet).toContain(line);
  expect(snippet).toContain(JSON.stringify(path));
  if (line.startsWith(' ')) expect(snippet).toContain(`with gzip.open(${JSON.stringify(path)}) as file:\n`);
});

test.runIf(hasTorch)('PyTorch loads what is packed by these lines', async () => {
  const path = put(temporaryFolder(), 'a.pt.gz', gzipSync(writeTorchZip([3])));
  const lines = `${await loadingSnippet(path)}print(state[0].shape)`;
  expect(execFileSync(python, ['-c', lines], { encoding: 'utf8' })).toBe('torch.Size([3])\n');
});

test('of what is packed and damaged nothing is said to load it', async () => {
  const path = put(
    temporaryFolder(),
    'a.pt.gz',
    Buffer.from('1f8b0800000000000003ffffffffff'.repeat(2), 'hex'),
  );
  expect(await loadingSnippet(path)).toMatch(/^# It is packed by gzip/);
});

test('a safetensors file is loaded by its own library', async () => {
  const header = Buffer.from('{}      ');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const path = put(temporaryFolder(), 'a.safetensors', Buffer.concat([length, header]));
  expect(await loadingSnippet(path)).toContain(`load_file(${JSON.stringify(path)})`);
});

test('whatever a file is called, its name is one text of Python and nothing else', async () => {
  const name = 'a"b\\n\n\u007f"); print("x") #ä😀.pt';
  const path = join(temporaryFolder(), name);
  copyFileSync(join(fixtures, 'plain.pt'), path);
  const snippet = await loadingSnippet(path);
  const [line = ''] = /"\/.*"(?=, map)/.exec(snippet) ?? [];
  // What JSON escapes Python reads alike.
  expect(JSON.parse(line)).toBe(path);
  expect(line).toContain('\\n\\u007f\\")');
});
