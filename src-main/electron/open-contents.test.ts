import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectFile } from '../core/contents/inspect-file.ts';
import { OpenContents } from './open-contents.ts';

const oddities = join(import.meta.dirname, '../../e2e/fixtures/oddities');

test.each(['sparse.pt', 'quantized.pt'])('measuring %s reads as many bytes as are expected', async (name) => {
  const path = join(oddities, name);
  const contents = new OpenContents('run', path, await inspectFile(path));
  let [expected, read] = [0, 0];
  await contents.measure(null, {
    signal: new AbortController().signal,
    expect: (bytes) => {
      expected += bytes;
    },
    onBytes: (bytes) => {
      read += bytes;
    },
    startPart: () => undefined,
    onPart: () => undefined,
    onFile: () => undefined,
  });
  contents.close();
  expect(read).toBeGreaterThan(0);
  expect(expected).toBe(read);
});
