import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { type FollowEvent, RunFollower } from './follow-run.ts';
import { RunWatcher } from './watch-run.ts';

/** How many more folders the system lets this process watch; as fs.watch says it, without waiting for a machine that has none left. */
const system = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));
vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs')>();
  const watch = (...args: Parameters<typeof original.watch>) => {
    if (system.left <= 0)
      throw Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), {
        code: 'ENOSPC',
      });
    system.left -= 1;
    return original.watch(...args);
  };
  return { ...original, watch };
});

const limit = { state: 'polling', detail: 'the system’s limit of file watches is reached' };

function newRun(): string {
  const run = temporaryFolder();
  for (const folder of ['best_models', 'checkpoints']) mkdirSync(join(run, folder));
  return run;
}

function limitWatches(left: number): void {
  system.left = left;
  onTestFinished(() => {
    system.left = Number.POSITIVE_INFINITY;
  });
}

test('where the system’s limit of watches is reached, that is said, and what is watched stays so', async () => {
  const run = newRun();
  limitWatches(1);
  const hints: string[] = [];
  const watcher = new RunWatcher(run, (names) => hints.push(...names));
  onTestFinished(() => watcher.close());
  watcher.cover(['checkpoints', 'best_models'], new Set());
  expect(watcher.state).toEqual(limit);
  put(run, 'checkpoints/model.pt', 'x');
  await vi.waitFor(() => expect(hints).toContain('checkpoints/model.pt'));
});

test('a run that cannot be watched any more is looked at every five seconds', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const run = newRun();
  limitWatches(0);
  const events: FollowEvent[] = [];
  const follower = new RunFollower(run, defaultStorageConfig, (event) => void events.push(event));
  onTestFinished(() => follower.close());
  follower.reconcile();
  expect(events).toMatchObject([{ type: 'looked', watch: limit }]);
  put(run, 'checkpoints/model.pt', 'x');
  vi.advanceTimersByTime(5000);
  const changed = events.flatMap((event) =>
    event.type === 'changed' ? event.change.changed.map(({ id }) => id) : [],
  );
  expect(changed).toEqual(['checkpoints/model.pt']);
  expect(events.at(-1)).toMatchObject({ type: 'looked', watch: limit });
});
