import { expect, test } from 'vitest';
import { stringifyJson } from '../../../shared/model/json.ts';
import type { Contents } from './contents.ts';
import { Damage } from './damage.ts';
import { emptyContents } from './empty-contents.ts';
import { type HostileArrays, hostileArrays } from './fixtures/hostile-arrays.ts';
import type { FormatName } from './format.ts';
import { readGgufContents } from './gguf/read-contents.ts';
import { readNpyContents } from './npy/read-contents.ts';
import { readNpzMembers } from './npy/read-npz-members.ts';
import { readOnnxContents } from './onnx/read-contents.ts';
import { readSafetensorsContents } from './safetensors/read-contents.ts';
import { bufferSource, type Source } from './source.ts';
import { readArchive } from './zip/read-archive.ts';

type Read = (source: Source, format: FormatName) => Promise<Contents>;
const readers = new Map<FormatName, Read>([
  ['safetensors', readSafetensorsContents],
  ['npy', readNpyContents],
  ['npz', async (source, format) => readNpzMembers(source, await readArchive(source), format)],
  ['onnx', readOnnxContents],
  ['gguf', readGgufContents],
]);

async function read({ format, bytes }: HostileArrays): Promise<{ contents: Contents; source: Source }> {
  const source = bufferSource('model', bytes);
  try {
    return { contents: (await readers.get(format)?.(source, format)) ?? emptyContents(format, []), source };
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    return { contents: emptyContents(format, [error.message]), source };
  }
}

test.each(hostileArrays)('$title is told for what it is', async (file) => {
  const { contents, source } = await read(file);
  const told = contents.problems.join('\n');
  if (file.problem) expect(told).toMatch(file.problem);
  else expect(told).toBe('');
  expect(source.bytesRead).toBeLessThanOrEqual(2 * file.bytes.length + 64 * 1024);
  // Nothing that drives a terminal or turns text around, and nothing that goes on for pages.
  expect(told).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(told.length).toBeLessThan(5000);
  for (const { data, bytes } of contents.tensors) if (data) expect(data.length).toBe(bytes);
  expect(stringifyJson(contents.entries).length).toBeLessThan(2e6);
});
