import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { LoopMount, whyNoCut } from './loop-mount.mjs';

/** Of another project of the compiler. */
const disk = '../../src-main/core/files/disk.ts';

const power = vi.hoisted(() => ({ cut: (): Promise<void> => Promise.resolve() }));
vi.mock('node:fs/promises', async (load) => {
  const fs = await load<typeof import('node:fs/promises')>();
  const open: typeof fs.open = async (...args) => {
    const file = await fs.open(...args);
    const sync = file.sync.bind(file);
    // Between the opening of a folder and its sync.
    file.sync = async () => {
      await power.cut();
      return sync();
    };
    return file;
  };
  return { ...fs, open };
});

test.each(['ext4', 'xfs'])(
  'Acknowledged is kept: a folder of an %s that is shut down while it is synced does not count as synced',
  async (system) => {
    const workshop = mkdtempSync(join(tmpdir(), 'cairn-shut-down-'));
    onTestFinished(() => rmSync(workshop, { recursive: true, force: true }));
    const why = await whyNoCut(system, workshop);
    if (why !== null) return console.info(`${system}: skipped: ${why}`);
    const mount = new LoopMount(system, workshop);
    onTestFinished(() => mount.close());
    const folder = join(mount.folder, 'run');
    await mkdir(folder);
    power.cut = await mount.arm();
    const { realDisk } = await import(disk);
    await expect(realDisk.syncFolder(folder)).rejects.toMatchObject({ code: 'EIO' });
  },
);
