import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, type Mock, onTestFinished, test, vi } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { WorkspaceWatch } from './watch-workspace.ts';
import type { RunPlace } from './watched-folders.ts';

// Each of many things is awaited, and each takes as long as hints are gathered.
vi.setConfig({ testTimeout: 90_000 });

/** How many more folders the system lets this process watch, and those that it does. */
const system = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY, watched: new Set<string>() }));
vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs')>();
  const watch = (...args: Parameters<typeof original.watch>) => {
    system.left -= 1;
    if (system.left < 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    system.watched.add(String(args[0]));
    return original.watch(...args);
  };
  return { ...original, watch };
});
/** Whether a folder gets the number of the one that was removed, as some file systems have it. */
const disk = vi.hoisted(() => ({ reusesNumbers: false }));
vi.mock('../files/file-identity.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../files/file-identity.ts')>();
  const tryLookAt = (path: string) => {
    const look = original.tryLookAt(path);
    return disk.reusesNumbers && look && 'ino' in look ? { ...look, ino: 7 } : look;
  };
  return { ...original, tryLookAt };
});
beforeEach(() => {
  disk.reusesNumbers = false;
  system.left = Number.POSITIVE_INFINITY;
  system.watched.clear();
});

type Watched = ReturnType<typeof watchIn>;

/** The clock stands still but for what a test lets pass. */
function watchIn(root: string) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const searchAgain = vi.fn();
  const watch = new WorkspaceWatch(root, searchAgain);
  onTestFinished(() => watch.stop());
  return { watch, searchAgain };
}

/** A run as it was found: where it is, and where it keeps versions. */
const run = (path: string, versionsIn = ['', 'checkpoints']) => ({ path, versionsIn });

/** A search that cost nothing, and came to no folder without a run. */
const found = { runless: [], runlessCount: 0, workedMs: 0 };

/** Time goes on by far less than passes between searches that need no hint. */
const whenAsked = (searchAgain: Mock) =>
  vi.waitFor(
    () => {
      vi.advanceTimersByTime(100);
      expect(searchAgain).toHaveBeenCalledOnce();
    },
    { timeout: 8000, interval: 20 },
  );

/** Answers searches, which find these runs, until none is asked for any more. */
async function settle(
  { watch, searchAgain }: Watched,
  runs: RunPlace[],
  runless: string[] = [],
): Promise<void> {
  do {
    searchAgain.mockClear();
    await watch.cover(runs, { ...found, runless });
    expect(watch.state).toEqual({ state: 'live', detail: null });
    await eventsToCome();
    vi.advanceTimersByTime(3000);
  } while (searchAgain.mock.calls.length > 0);
}

/** What is done asks for a search, and nothing else does. */
async function asks(watched: Watched, runs: RunPlace[], act: () => void): Promise<void> {
  act();
  await whenAsked(watched.searchAgain);
  await settle(watched, runs);
}

/** What the system tells of until now is told in the next turns. */
async function eventsToCome(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('each thing that happens to a run, or a run that comes, asks for another search', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'a/checkpoints'), { recursive: true });
  const watched = watchIn(root);
  expect(watched.watch.state).toEqual({ state: 'off', detail: null });
  const runs = [run('a')];
  await settle(watched, runs);
  await asks(watched, runs, () => put(root, 'a/checkpoints/model.pt', 'x'));
  await asks(watched, runs, () => put(root, 'a/checkpoints/model2.pt', 'x'));
  await asks(watched, runs, () => put(root, 'b/model.pt', 'x'));
});

test('a run that begins as empty folders is seen to get its first checkpoint', async () => {
  const root = temporaryFolder();
  const watched = watchIn(root);
  await settle(watched, []);
  await asks(watched, [], () => mkdirSync(join(root, 'date/time'), { recursive: true }));
  await asks(watched, [], () => mkdirSync(join(root, 'date/time/saves/best'), { recursive: true }));
  await asks(watched, [], () => put(root, 'date/time/saves/best/model.pt', 'x'));
  await asks(watched, [], () => mkdirSync(join(root, 'date/later')));
  await asks(watched, [], () => put(root, 'date/later/model.pt', 'x'));
});

test('folders that were empty before are watched, as many of them as there is room for', async () => {
  const root = temporaryFolder();
  const many = Array.from({ length: 600 }, (_, index) => `many/${index}`);
  for (const path of many) mkdirSync(join(root, path), { recursive: true });
  const watched = watchIn(root);
  const runless = ['many', ...many];
  await settle(watched, [], runless);
  expect(system.watched).toEqual(new Set([root, ...runless.slice(0, 500).map((path) => join(root, path))]));
});

test('a folder that was empty before is seen to get its first checkpoint', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'many/3'), { recursive: true });
  const watched = watchIn(root);
  await settle(watched, [], ['many', 'many/3']);
  put(root, 'many/3/model.pt', 'x');
  await whenAsked(watched.searchAgain);
});

test('a folder that is removed and made again is watched as it is now, also where it has the same number', async () => {
  disk.reusesNumbers = true;
  const root = temporaryFolder();
  mkdirSync(join(root, 'a/checkpoints'), { recursive: true });
  const watched = watchIn(root);
  const runs = [run('a')];
  await settle(watched, runs);
  await asks(watched, runs, () => {
    rmSync(join(root, 'a'), { recursive: true });
    mkdirSync(join(root, 'a/checkpoints'), { recursive: true });
  });
  await asks(watched, runs, () => put(root, 'a/checkpoints/model.pt', 'x'));
  await asks(watched, runs, () => rmSync(join(root, 'a/checkpoints'), { recursive: true }));
  await asks(watched, runs, () => mkdirSync(join(root, 'a/checkpoints')));
  await asks(watched, runs, () => put(root, 'a/checkpoints/model.pt', 'x'));
});

test('a run is watched where its own config has it keep versions', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'a/saved/models'), { recursive: true });
  const watched = watchIn(root);
  const runs = [run('a', ['', 'saved/models'])];
  await settle(watched, runs);
  await asks(watched, runs, () => put(root, 'a/saved/models/model.pt', 'x'));
});

test('where more folders come than are watched, it is looked every five seconds all the same', async () => {
  const root = temporaryFolder();
  const watched = watchIn(root);
  const { watch, searchAgain } = watched;
  await settle(watched, []);
  await asks(watched, [], () => {
    for (let index = 0; index < 600; index += 1) mkdirSync(join(root, `many/${index}`), { recursive: true });
  });
  for (let searches = 0; searches < 2; searches += 1) {
    expect(searchAgain).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5000);
    expect(searchAgain).toHaveBeenCalledOnce();
    searchAgain.mockClear();
    await watch.cover([], found);
  }
});

test.each([
  ['five seconds', 0, 5000],
  ['fourteen, where a search takes 1.4 s', 1400, 14_000],
])(
  'where more folders are without a run than are watched, it is looked every %s',
  async (_, workedMs, every) => {
    const { watch, searchAgain } = watchIn(temporaryFolder());
    const runless = Array.from({ length: 500 }, (_none, index) => `many/${index}`);
    const end = { runless, runlessCount: 10_000, workedMs };
    await watch.cover([], end);
    // What is watched only from now on may have changed before.
    vi.advanceTimersByTime(every);
    expect(searchAgain).toHaveBeenCalledOnce();
    await watch.cover([], end);
    vi.advanceTimersByTime(every - 1);
    expect(searchAgain).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(1);
    expect(searchAgain).toHaveBeenCalledTimes(2);
  },
);

test('after a search that failed the next one waits thirty seconds, whatever happens meanwhile', async () => {
  const root = temporaryFolder();
  const { watch, searchAgain } = watchIn(root);
  await watch.cover([], found);
  vi.advanceTimersByTime(2000);
  expect(searchAgain).toHaveBeenCalledOnce();
  watch.searchFailed();
  put(root, 'a', 'x');
  await eventsToCome();
  vi.advanceTimersByTime(29_000);
  expect(searchAgain).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1000);
  expect(searchAgain).toHaveBeenCalledTimes(2);
});

test('where the system has no watch left, that is said, and it is searched every thirty seconds', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'a'));
  system.left = 1;
  const { watch, searchAgain } = watchIn(root);
  await watch.cover([run('a')], found);
  expect(watch.state).toEqual({ state: 'polling', detail: 'the system’s limit of file watches is reached' });
  vi.advanceTimersByTime(29_000);
  expect(searchAgain).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(searchAgain).toHaveBeenCalledOnce();
});

test('a search that takes long is not repeated at once, and none is asked for once it is stopped', async () => {
  const { watch, searchAgain } = watchIn(temporaryFolder());
  await watch.cover([], { ...found, workedMs: 60_000 });
  vi.advanceTimersByTime(599_000);
  expect(searchAgain).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(searchAgain).toHaveBeenCalledOnce();
  await watch.cover([], found);
  watch.stop();
  vi.advanceTimersByTime(1_000_000);
  expect(searchAgain).toHaveBeenCalledOnce();
  expect(watch.state.state).toBe('off');
});

test('very many folders are watched some at a time, so that others have their turn; none once that is stopped', async () => {
  const root = temporaryFolder();
  const runs = Array.from({ length: 500 }, (_, index) => run(`${index}`, []));
  for (const { path } of runs) mkdirSync(join(root, path));
  const { watch } = watchIn(root);
  let turns = 0;
  let isOver = false;
  const take = () => {
    turns += 1;
    if (!isOver) setImmediate(take);
  };
  setImmediate(take);
  await watch.cover(runs, found);
  isOver = true;
  expect(turns).toBeGreaterThan(3);
  expect(system.watched.size).toBe(501);
  system.watched.clear();
  watch.stop();
  const covered = watch.cover(runs, found);
  watch.stop();
  await covered;
  expect(system.watched.size).toBeLessThan(200);
  expect(watch.state.state).toBe('off');
});
