import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
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
