import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { noise } from './fixtures/bytes.ts';
import { bufferSource, longestRead, openFileSource, type Source } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'cairn-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

const bytes = noise(1000);
const path = join(folder, 'model.pt');
writeFileSync(path, bytes);

describe.each<[string, () => Promise<Source & { close?(): Promise<void> }>]>([
  ['a file', () => openFileSource(path)],
  ['bytes in memory', async () => bufferSource('model.pt', bytes)],
])('%s', (_, open) => {
  test('gives exactly the bytes that are asked for, and counts them', async () => {
    const source = await open();
    expect(source).toMatchObject({ name: 'model.pt', size: 1000, bytesRead: 0 });
    expect(await source.read(10, 5)).toEqual(bytes.subarray(10, 15));
    expect(await source.read(990, 10)).toEqual(bytes.subarray(990));
    expect(await source.read(1000, 0)).toHaveLength(0);
    expect(source.bytesRead).toBe(15);
    await source.close?.();
  });

  test.each([
    [-1, 2],
    [999, 2],
    [0, -1],
    [0.5, 1],
    [0, Number.NaN],
    [2 ** 53, 1],
  ])('refuses to read %d, %d', async (offset, length) => {
    const source = await open();
    await expect(source.read(offset, length)).rejects.toMatchObject({ code: 'out-of-range' });
    await source.close?.();
  });
});

test('a slice of a slice reads the same bytes, counts them once, and cannot be left', async () => {
  const source = bufferSource('outer.zip', bytes);
  const member = source.slice(100, 500, 'policy.pth');
  const inner = member.slice(50, 10);
  expect([member.name, inner.name, inner.size]).toEqual(['policy.pth', 'policy.pth', 10]);
  expect(await inner.read(2, 3)).toEqual(bytes.subarray(152, 155));
  expect([source.bytesRead, member.bytesRead, inner.bytesRead]).toEqual([3, 3, 3]);
  await expect(inner.read(8, 3)).rejects.toMatchObject({ code: 'out-of-range' });
  for (const [offset, length] of [
    [495, 6],
    [-1, 2],
    [2 ** 53, 1],
  ] as const)
    expect(() => member.slice(offset, length)).toThrow('not inside');
});

test('a single read has a limit', async () => {
  const source = bufferSource('big', new Uint8Array(longestRead + 1));
  await expect(source.read(0, longestRead + 1)).rejects.toMatchObject({ code: 'too-long' });
  expect(await source.read(1, longestRead)).toHaveLength(longestRead);
});

test('a file that became shorter since it was opened is an error, not fewer bytes', async () => {
  const shrinking = join(folder, 'shrinking.pt');
  writeFileSync(shrinking, bytes);
  const source = await openFileSource(shrinking);
  truncateSync(shrinking, 500);
  await expect(source.read(400, 200)).rejects.toMatchObject({ code: 'short-read' });
  await source.close();
});

describe('what is not a regular file is refused at once', () => {
  const inFolder = (name: string) => join(folder, name);

  test.each([
    ['a folder', async () => folder],
    ['a device', async () => '/dev/null'],
    [
      'a symbolic link, also to a good file',
      async () => {
        symlinkSync(path, inFolder('link.pt'));
        return inFolder('link.pt');
      },
    ],
    [
      'a FIFO without a writer',
      async () => {
        execFileSync('mkfifo', [inFolder('fifo.pt')]);
        return inFolder('fifo.pt');
      },
    ],
  ])('%s', async (_, make) => {
    await expect(openFileSource(await make())).rejects.toMatchObject({ code: 'not-a-regular-file' });
  });

  test('a socket', async () => {
    const server = createServer().listen(inFolder('s'));
    await expect(openFileSource(inFolder('s'))).rejects.toMatchObject({ code: 'not-a-regular-file' });
    await new Promise((resolve) => server.close(resolve));
  });
});

test('a file that is not there is the error of the system', async () => {
  await expect(openFileSource(join(folder, 'none.pt'))).rejects.toMatchObject({ code: 'ENOENT' });
});
