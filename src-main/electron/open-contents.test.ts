import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectFile } from '../core/contents/inspect-file.ts';
import { ContentsDesk, OpenContents } from './open-contents.ts';

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

test('while a file is being opened, a run that is closed stops that only where the file is of it', async () => {
  const desk = new ContentsDesk();
  const path = join(oddities, 'sparse.pt');
  const other = desk.open('run', path);
  desk.closeRun('another run');
  const { contentsId } = await other;
  desk.closeRun('another run');
  expect(desk.get(contentsId).runId).toBe('run');
  const own = desk.open('run', path);
  desk.closeRun('run');
  await expect(own).rejects.toThrow('looked into meanwhile');
  expect(() => desk.get(contentsId)).toThrow('no longer open');
});
