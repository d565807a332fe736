import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { saveModel } from './catalog/run.fixture.ts';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import { ModelManager } from './model-manager.ts';

/** What is left behind by one visit shows in so many, after those in which caches fill. */
const visits = process.env['CAIRN_TORTURE'] ? { before: 30, counted: 150 } : { before: 15, counted: 50 };

/** What this process holds of the system: open files, and what it watches through them. */
function held(): { files: number; watches: number } {
  const files = readdirSync('/proc/self/fd');
  const watches = files.flatMap((file) => {
    try {
      if (readlinkSync(join('/proc/self/fd', file)) !== 'anon_inode:inotify') return [];
      return readFileSync(join('/proc/self/fdinfo', file), 'utf8').match(/^inotify wd:/gm) ?? [];
    } catch {
      return [];
    }
  });
  return { files: files.length, watches: watches.length };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Memory of the whole process, once what is not needed any more is gone. In bytes. */
function memory(): number {
  collect();
  return process.memoryUsage.rss();
}

async function untilLooked(manager: ModelManager): Promise<void> {
  await new Promise<void>((looked) => {
    manager.subscribe((event) => {
      if (event.type === 'looked') looked();
    });
    manager.follow();
  });
}

test.runIf(process.platform === 'linux')(
  'Nothing is left behind: a run that is opened, followed, written to and closed, again and again, leaves no watch, no open file and no memory',
  async () => {
    const [run, appData] = [temporaryFolder(), temporaryFolder()];
    const id = saveModel(run, 1);
    let most = 0;
    const visit = async (pinned: boolean) => {
      const manager = new ModelManager(run, { appData, config: {} });
      await manager.look();
      await untilLooked(manager);
      most = Math.max(most, held().watches);
      await manager.mark([id], 'pin', (mark) => ({ ...mark, pinned }));
      manager.close();
    };
    for (let time = 0; time < visits.before; time += 1) await visit(time % 2 === 0);
    await vi.waitFor(() => expect(held().watches).toBe(0), { timeout: 10_000 });
    const [before, bytes] = [held(), memory()];
    for (let time = 0; time < visits.counted; time += 1) await visit(time % 2 === 0);
    expect(most).toBeGreaterThan(0);
    // A thread that was told to end does so in its own time: some may have been about to while it was counted before.
    await vi.waitFor(() => expect(held().watches).toBe(0), { timeout: 10_000 });
    await vi.waitFor(() => expect(held().files).toBeLessThanOrEqual(before.files), { timeout: 10_000 });
    // A tenth, as the allocator gives back what it likes.
    expect(memory()).toBeLessThan(1.1 * bytes + 16 * 1024 * 1024);
  },
);
