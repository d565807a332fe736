import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { WorkspaceWatch } from './watch-workspace.ts';

/** How many more folders the system lets this process watch. */
const system = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));
vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs')>();
  const watch = (...args: Parameters<typeof original.watch>) => {
    system.left -= 1;
    if (system.left < 0) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    return original.watch(...args);
  };
  return { ...original, watch };
});
beforeEach(() => {
  system.left = Number.POSITIVE_INFINITY;
});

function watchIn(root: string) {
  const searchAgain = vi.fn();
  const watch = new WorkspaceWatch(root, searchAgain);
  onTestFinished(() => watch.stop());
  return { watch, searchAgain };
}

test('something that happens to a run, or a run that comes, asks for one more search', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'a/checkpoints'), { recursive: true });
  const { watch, searchAgain } = watchIn(root);
  expect(watch.state).toEqual({ state: 'off', detail: null });
  for (const name of ['a/checkpoints/model.pt', 'b/model.pt']) {
    watch.cover(['a'], 0);
    expect(watch.state).toEqual({ state: 'live', detail: null });
    put(root, name, 'x');
    put(root, `${name}2`, 'x');
    await vi.waitFor(() => expect(searchAgain).toHaveBeenCalledOnce(), { timeout: 8000 });
    searchAgain.mockClear();
  }
});

test('where the system has no watch left, that is said, and it is searched every thirty seconds', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const root = temporaryFolder();
  mkdirSync(join(root, 'a'));
  system.left = 1;
  const { watch, searchAgain } = watchIn(root);
  watch.cover(['a'], 0);
  expect(watch.state).toEqual({ state: 'polling', detail: 'the system’s limit of file watches is reached' });
  vi.advanceTimersByTime(29_000);
  expect(searchAgain).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(searchAgain).toHaveBeenCalledOnce();
});

test('a search that takes long is not repeated at once, and none is asked for once it is stopped', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { watch, searchAgain } = watchIn(temporaryFolder());
  watch.cover([], 60_000);
  vi.advanceTimersByTime(599_000);
  expect(searchAgain).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(searchAgain).toHaveBeenCalledOnce();
  watch.cover([], 0);
  watch.stop();
  vi.advanceTimersByTime(1_000_000);
  expect(searchAgain).toHaveBeenCalledOnce();
  expect(watch.state.state).toBe('off');
});
