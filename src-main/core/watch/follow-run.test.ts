import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Problem, WatchState } from '../../../shared/model/run.ts';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { Catalog } from '../catalog/catalog.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { type FollowEvent, RunFollower } from './follow-run.ts';
import { packEvent, unpackEvent } from './packed-event.ts';
import { followInWorker } from './start-follower.ts';

const soon = { timeout: 15_000, interval: 10 };

/** What somebody who follows a run has been told of it. */
class View {
  readonly sizes = new Map<string, number>();
  problems: Problem[] = [];
  watch: WatchState | null = null;
  changes = 0;

  take(event: FollowEvent): void {
    if (event.type === 'looked') {
      this.problems = event.problems;
      this.watch = event.watch;
      return;
    }
    this.changes += 1;
    for (const id of event.change.removed) this.sizes.delete(id);
    for (const { id, size } of event.change.changed) this.sizes.set(id, size);
  }
}

function follow(run: string, config = defaultStorageConfig): { view: View; follower: RunFollower } {
  const view = new View();
  const follower = new RunFollower(run, config, (event) =>
    view.take(unpackEvent(structuredClone(packEvent(event)))),
  );
  onTestFinished(() => follower.close());
  follower.reconcile();
  return { view, follower };
}

function onDisk(run: string): Map<string, number> {
  const catalog = new Catalog(run, defaultStorageConfig);
  for (const _change of catalog.reconcile());
  return new Map(catalog.entries().map(({ record }) => [record.id, record.file_size_bytes]));
}

/** A folder with a run in it, so that the run itself can be moved. */
function newRun(): string {
  const run = join(temporaryFolder(), 'run');
  mkdirSync(join(run, 'best_models'), { recursive: true });
  return run;
}

describe('who follows a run', () => {
  test('looks at the whole run again every three minutes: what no event told of is seen by then', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const run = newRun();
    saveModel(run, 1);
    const { view } = follow(run);
    // Events of the kernel come between turns, and this is one turn: as far as this follower can tell there are none.
    for (const version of [2, 3]) {
      const id = saveModel(run, version);
      vi.advanceTimersByTime(3 * 60_000 - 1);
      expect(view.sizes.has(id)).toBe(false);
      vi.advanceTimersByTime(1);
      expect(view.sizes.has(id)).toBe(true);
    }
    expect(view.sizes).toEqual(onDisk(run));
  });

  test('knows all there is at once, and each save, change and removal as it happens', async () => {
    const run = newRun();
    saveModel(run, 1);
    const { view } = follow(run);
    expect(view.sizes).toEqual(onDisk(run));
    expect(view.watch).toEqual({ state: 'live', detail: null });
    const id = saveModel(run, 2);
    await vi.waitFor(() => expect(view.sizes.has(id)).toBe(true), soon);
    appendFileSync(join(run, id), 'more');
    await vi.waitFor(() => expect(view.sizes).toEqual(onDisk(run)), soon);
    rmSync(join(run, id));
    rmSync(join(run, id.replace('.pt', '.json')));
    await vi.waitFor(() => expect([...view.sizes.keys()]).toEqual([...onDisk(run).keys()]), soon);
  });

  test('hears of a save into a folder that was not there before, and of one that goes', async () => {
    const run = newRun();
    const { view } = follow(run);
    put(run, 'checkpoints/checkpoint.pt', 'x');
    await vi.waitFor(() => expect(view.sizes.has('checkpoints/checkpoint.pt')).toBe(true), soon);
    put(run, 'checkpoints/second.pt', 'x');
    await vi.waitFor(() => expect(view.sizes.has('checkpoints/second.pt')).toBe(true), soon);
    rmSync(join(run, 'checkpoints'), { recursive: true });
    await vi.waitFor(() => expect(view.sizes.size).toBe(0), soon);
    put(run, 'checkpoints/third.pt', 'x');
    await vi.waitFor(() => expect([...view.sizes.keys()]).toEqual(['checkpoints/third.pt']), soon);
  });

  test('hears of saves into a folder within folders that were not there before', async () => {
    const run = newRun();
    const { view } = follow(run, { ...defaultStorageConfig, best_models_dir: 'out/deep/best' });
    mkdirSync(join(run, 'out'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    put(run, 'out/deep/best/a.pt', 'x');
    await vi.waitFor(() => expect([...view.sizes.keys()]).toEqual(['out/deep/best/a.pt']), soon);
    put(run, 'out/deep/best/b.pt', 'x');
    await vi.waitFor(() => expect(view.sizes.has('out/deep/best/b.pt')).toBe(true), soon);
    renameSync(join(run, 'out'), join(run, 'away'));
    await vi.waitFor(() => expect(view.sizes.size).toBe(0), soon);
  });

  test('hears of saves into a folder that was removed and made again at once', async () => {
    const run = newRun();
    const { view } = follow(run);
    for (let round = 1; round <= 5; round += 1) {
      rmSync(join(run, 'best_models'), { recursive: true });
      mkdirSync(join(run, 'best_models'));
      await new Promise((resolve) => setTimeout(resolve, 150));
      const name = `best_models/${round}.pt`;
      put(run, name, 'x');
      await vi.waitFor(() => expect([...view.sizes.keys()]).toEqual([name]), soon);
    }
  });

  test('hears of a checksum that is put on record', async () => {
    const run = newRun();
    put(run, 'best_models/a.pt', 'x');
    const { view } = follow(run);
    const before = view.changes;
    put(run, 'SHA256SUMS', `${'a'.repeat(64)}  best_models/a.pt\n`);
    await vi.waitFor(() => expect(view.changes).toBeGreaterThan(before), soon);
  });

  test('lives through a folder that becomes a file, or a link', async () => {
    const run = newRun();
    saveModel(run, 1);
    const { view } = follow(run);
    rmSync(join(run, 'best_models'), { recursive: true });
    writeFileSync(join(run, 'best_models'), '');
    await vi.waitFor(() => expect([view.sizes.size, view.problems.length]).toEqual([0, 1]), soon);
    rmSync(join(run, 'best_models'));
    symlinkSync('/', join(run, 'best_models'));
    await vi.waitFor(() => expect(view.problems[0]?.problem).toContain('symbolic link'), soon);
    rmSync(join(run, 'best_models'));
    const id = saveModel(run, 2);
    await vi.waitFor(() => expect([...view.sizes.keys()]).toEqual([id]), soon);
  });

  test('ends equal to the disk after a burst of a thousand saves, half of them removed again', async () => {
    const run = newRun();
    const { view } = follow(run);
    for (let version = 1; version <= 1000; version += 1) {
      const name = `best_models/model_v${version}_reward0.5.pt`;
      put(run, `best_models/${version}.tmp`, 'x'.repeat(version));
      renameSync(join(run, `best_models/${version}.tmp`), join(run, name));
      if (version % 2 === 0) rmSync(join(run, name));
      if (version % 100 === 0) await new Promise(setImmediate);
    }
    await vi.waitFor(() => expect(view.sizes.size).toBe(500), soon);
    await vi.waitFor(() => expect(view.problems).toEqual([]), soon);
    expect(view.sizes).toEqual(onDisk(run));
    expect(view.changes).toBeLessThan(200);
  });
});

describe('the folder itself', () => {
  test('renamed is said to be gone, with its new name, and found again when it is back', async () => {
    const run = newRun();
    const id = saveModel(run, 1);
    const { view } = follow(run);
    renameSync(run, join(run, '../moved\u202e'));
    await vi.waitFor(
      () =>
        expect(view.watch).toEqual({
          state: 'gone',
          detail: 'the folder was renamed to moved\\u202e',
          renamed: 'moved\u202e',
        }),
      soon,
    );
    renameSync(join(run, '../moved\u202e'), run);
    await vi.waitFor(() => expect(view.watch?.state).toBe('live'), soon);
    const second = saveModel(run, 2);
    await vi.waitFor(() => expect([...view.sizes.keys()].sort()).toEqual([id, second]), soon);
  });

  test('removed is said to be gone, and another in its place is followed from then on', async () => {
    const run = newRun();
    saveModel(run, 1);
    const { view } = follow(run);
    const other = newRun();
    rmSync(run, { recursive: true });
    await vi.waitFor(() => expect(view.watch?.state).toBe('gone'), soon);
    expect(view.watch?.detail).toContain('moved or removed');
    renameSync(other, run);
    await vi.waitFor(() => expect(view.watch?.state).toBe('live'), soon);
    const id = saveModel(run, 3);
    await vi.waitFor(() => expect([...view.sizes.keys()]).toEqual([id]), soon);
    renameSync(run, join(run, '../later'));
    await vi.waitFor(() => expect(view.watch?.detail).toBe('the folder was renamed to later'), soon);
  });

  test('with a link in its place is told to be one to a folder, also where that comes later, and not where there is none', async () => {
    const run = newRun();
    const { view } = follow(run);
    renameSync(run, `${run}-elsewhere`);
    await vi.waitFor(() => expect(view.watch?.renamed).toBe('run-elsewhere'), soon);
    symlinkSync(`${run}-elsewhere`, run);
    const detail = 'a link to a folder is in its place';
    const linked = { state: 'gone', detail, renamed: 'run', linked: true };
    await vi.waitFor(() => expect(view.watch).toEqual(linked), soon);
    rmSync(`${run}-elsewhere`, { recursive: true });
    await vi.waitFor(() => expect(view.watch?.linked).toBe(undefined), soon);
  });

  test('removed and made again at once is followed as before', async () => {
    const run = newRun();
    const { view } = follow(run);
    for (let round = 1; round <= 3; round += 1) {
      rmSync(run, { recursive: true });
      mkdirSync(join(run, 'best_models'), { recursive: true });
      await vi.waitFor(() => expect(view.watch?.state).toBe('live'), soon);
      await new Promise((resolve) => setTimeout(resolve, 700));
      const name = `best_models/${round}.pt`;
      put(run, name, 'x');
      await vi.waitFor(() => expect([...view.sizes.keys()]).toEqual([name]), soon);
    }
  });

  test('that may not be looked into is not called gone: why is said, until it may be again', async () => {
    const run = newRun();
    const id = saveModel(run, 1);
    const { view, follower } = follow(run);
    const refuse = vi.spyOn(Catalog.prototype, 'reconcile').mockImplementation(() => {
      throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
    });
    onTestFinished(() => refuse.mockRestore());
    follower.reconcile();
    expect(view.watch).toEqual({ state: 'polling', detail: 'the run cannot be looked at: no permission' });
    refuse.mockRestore();
    await vi.waitFor(() => expect(view.watch?.state).toBe('live'), soon);
    expect([...view.sizes.keys()]).toEqual([id]);
  });

  test('is not mistaken for a file of the same name within it', async () => {
    const run = newRun();
    const { view } = follow(run);
    put(run, basename(run), 'x');
    const id = saveModel(run, 1);
    await vi.waitFor(() => expect(view.sizes.has(id)).toBe(true), soon);
    expect(view.watch?.state).toBe('live');
  });
});

test('the same is told from a thread of its own, until it is closed', async () => {
  const run = newRun();
  const id = saveModel(run, 1);
  const view = new View();
  const follower = followInWorker(run, defaultStorageConfig, (event) => view.take(event));
  onTestFinished(() => follower.close());
  await vi.waitFor(() => expect(view.watch?.state).toBe('live'), soon);
  const second = saveModel(run, 2);
  await vi.waitFor(() => expect([...view.sizes.keys()].sort()).toEqual([id, second]), soon);
  follower.close();
  const { changes } = view;
  saveModel(run, 3);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(view.changes).toBe(changes);
});

test('where that thread ends, why is said, and looking again starts another that finds what changed since', async () => {
  const run = newRun();
  const [first, second] = [saveModel(run, 1), saveModel(run, 2)];
  const view = new View();
  const threads: Worker[] = [];
  const notice = (worker: Worker) => threads.push(worker);
  process.on('worker', notice);
  onTestFinished(() => void process.off('worker', notice));
  const follower = followInWorker(run, defaultStorageConfig, (event) => view.take(event));
  onTestFinished(() => follower.close());
  await vi.waitFor(() => expect([...view.sizes.keys()].sort()).toEqual([first, second]), soon);
  await threads[0]?.terminate();
  await vi.waitFor(() => expect(view.watch?.state).toBe('off'), soon);
  expect(view.watch?.detail).toContain('the thread that watched it stopped');
  rmSync(join(run, first));
  rmSync(join(run, first.replace('.pt', '.json')));
  const third = saveModel(run, 3);
  follower.reconcile();
  await vi.waitFor(() => expect(view.watch?.state).toBe('live'), soon);
  expect([...view.sizes.keys()].sort()).toEqual([second, third]);
});
