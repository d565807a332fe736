import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareTrees } from './compare-trees.mjs';

let folder: string;
const left = () => join(folder, 'left');
const right = () => join(folder, 'right');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cairn-trees-'));
  for (const side of [left(), right()]) {
    await mkdir(join(side, 'below'), { recursive: true });
    await writeFile(join(side, 'below', 'file'), 'abcdef');
  }
});

afterEach(() => rm(folder, { recursive: true }));

test('equal folders have no difference', async () => {
  expect(await compareTrees(left(), right())).toEqual([]);
});

test('every differing byte is counted', async () => {
  await writeFile(join(right(), 'below', 'file'), 'aXcdeX');
  expect(await compareTrees(left(), right())).toEqual([{ file: join('below', 'file'), bytes: 2 }]);
});

test('a file of another size and a file on one side only are never small differences', async () => {
  await writeFile(join(right(), 'below', 'file'), 'abcdefg');
  await writeFile(join(right(), 'more'), '');
  expect(await compareTrees(left(), right())).toEqual([
    { file: join('below', 'file'), bytes: Number.POSITIVE_INFINITY },
    { file: 'more', bytes: Number.POSITIVE_INFINITY },
  ]);
});
