import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from './staleness.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-stale-'));
  await mkdir(join(folder, 'below'));
  await writeFile(join(folder, 'below', 'source.ts'), 'one');
});
afterEach(() => rm(folder, { recursive: true }));

test('unchanged sources have the same fingerprint, and a missing source is no error', async () => {
  const sources = [folder, join(folder, 'missing')];
  expect(await fingerprint(sources)).toBe(await fingerprint(sources));
});

test.each<[string, (path: string) => Promise<unknown>]>([
  ['edited', (path) => writeFile(path, 'three')],
  ['touched', (path) => utimes(path, 1, 1)],
  ['removed', (path) => rm(path)],
  ['joined by an older one', (path) => writeFile(`${path}x`, '').then(() => utimes(`${path}x`, 1, 1))],
])('a source that was %s changes the fingerprint', async (_, change) => {
  const before = await fingerprint([folder]);
  await change(join(folder, 'below', 'source.ts'));
  expect(await fingerprint([folder])).not.toBe(before);
});
