import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { type WalkedFolder, type WalkOptions, walkFolders } from './walk-folders.ts';

function make(root: string, ...folders: string[]): void {
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
}

async function walk(
  root: string,
  options: WalkOptions = {},
  visit: (folder: WalkedFolder) => readonly string[] | undefined = () => undefined,
) {
  const paths: string[] = [];
  const problems = await walkFolders(
    root,
    async (folder) => {
      paths.push(folder.path);
      return visit(folder) ?? [];
    },
    options,
  );
  return { paths, problems };
}

test('every folder is entered once, nearer ones first, but for hidden ones, node_modules and those that are closed', async () => {
  const root = temporaryFolder();
  make(root, 'b/c/d', 'a', '.git/x', '.cairn/y', 'b/node_modules/z', 'b/best/deep/in', 'b/best/deep2');
  put(root, 'b/file', '');
  const { paths, problems } = await walk(root, {}, ({ path }) =>
    path === 'b' ? ['b/best/deep'] : undefined,
  );
  const depths = paths.map((path) => path.split('/').length);
  expect(depths).toEqual(depths.toSorted());
  expect(paths.toSorted()).toEqual(['', 'a', 'b', 'b/best', 'b/best/deep2', 'b/c', 'b/c/d']);
  expect(problems).toEqual([]);
});

test('links are not followed, in ten levels of loops neither', async () => {
  const root = temporaryFolder();
  const outside = temporaryFolder();
  make(outside, 'theirs');
  let folder = root;
  for (let level = 0; level < 10; level += 1) {
    symlinkSync(root, join(folder, 'up'));
    symlinkSync('.', join(folder, 'here'));
    symlinkSync(outside, join(folder, 'out'));
    folder = join(folder, 'down');
    mkdirSync(folder);
  }
  const { paths } = await walk(root);
  expect(paths).toEqual(Array.from({ length: 11 }, (_, depth) => Array(depth).fill('down').join('/')));
});

test('a thousand empty folders are walked to their end, a few at a time', async () => {
  const root = temporaryFolder();
  make(root, ...Array.from({ length: 1000 }, (_, index) => `${index % 10}/${index}`));
  let [now, most, count] = [0, 0, 0];
  const problems = await walkFolders(root, async () => {
    now += 1;
    count += 1;
    most = Math.max(most, now);
    await setImmediate();
    now -= 1;
    return [];
  });
  expect({ count, problems }).toEqual({ count: 1011, problems: [] });
  expect(most).toBeLessThanOrEqual(8);
});

test('more folders than are looked into, or deeper ones, are said in one line', async () => {
  const root = temporaryFolder();
  make(root, 'a/b/c/d', 'a/b/e', 'a/f');
  const shallow = await walk(root, { limits: { depth: 2, folders: 100 } });
  expect(shallow.paths.toSorted()).toEqual(['', 'a', 'a/b', 'a/f']);
  expect(shallow.problems).toEqual([
    {
      path: 'a/b/c',
      problem:
        'this folder and 1 more as deep are not looked into: no more than 2 within each other are; name one that is further down',
    },
  ]);
  const few = await walk(root, { limits: { depth: 9, folders: 3 } });
  expect(few.paths).toEqual(['', 'a', 'a/b']);
  expect(few.problems).toEqual([
    {
      path: 'a/f',
      problem:
        'this folder and those after it are not looked into: no more than 3 in all are; name one that is further down',
    },
  ]);
  expect((await walk(root, { limits: { depth: 4, folders: 7 } })).problems).toEqual([]);
});

test('a folder that becomes a link under the walk is not followed, and that is said', async () => {
  const [root, outside] = [temporaryFolder(), temporaryFolder()];
  make(root, 'swapped/inner', 'held/inner', 'gone/inner');
  make(outside, 'secret');
  const swap = (name: string) => {
    renameSync(join(root, name), join(outside, name));
    symlinkSync(outside, join(root, name));
  };
  const { paths, problems } = await walk(root, {}, ({ path, isInPlace }) => {
    if (path === '') {
      swap('swapped');
      rmSync(join(root, 'gone'), { recursive: true });
    }
    if (path !== 'held') return undefined;
    expect(isInPlace()).toBe(true);
    swap('held');
    expect(isInPlace()).toBe(false);
  });
  expect(paths).toEqual(['', 'held']);
  const problem =
    'something else came in the place of this folder while it was looked at: it is not followed; look again';
  expect(problems.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { path: 'held', problem },
    { path: 'swapped', problem },
  ]);
});

test('a walk that is called off ends with the reason, and enters nothing more', async () => {
  const root = temporaryFolder();
  make(root, ...Array.from({ length: 50 }, (_, index) => `${index}/inner`));
  const [stop, reason] = [new AbortController(), new Error('enough')];
  const paths: string[] = [];
  const walking = walkFolders(
    root,
    async ({ path }) => {
      paths.push(path);
      if (paths.length === 10) stop.abort(reason);
      return [];
    },
    { signal: stop.signal },
  );
  await expect(walking).rejects.toBe(reason);
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  expect(paths).toHaveLength(10);
});

test('a root that cannot be read is no empty one', async () => {
  await expect(walk(join(temporaryFolder(), 'nowhere'))).rejects.toThrow('ENOENT');
});
