import { execFileSync } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { expect, test } from '@playwright/test';

/** Disks of their own for the tests of a file, gone after each; who may not mount skips them. */
export function smallDisks(): {
  mount: (folder: string, size: string) => Promise<void>;
  mountImage: (image: string, folder: string) => Promise<void>;
} {
  const mounted: string[] = [];
  test.beforeEach(() => {
    test.skip(
      process.getuid?.() !== 0 || process.platform !== 'linux',
      'mounting a disk needs root on Linux',
    );
  });
  test.afterEach(() => {
    for (const folder of mounted.splice(0)) execFileSync('umount', ['-l', folder]);
  });
  const mountWith = async (options: string[], folder: string) => {
    await mkdir(folder, { recursive: true });
    execFileSync('mount', [...options, folder]);
    mounted.push(folder);
  };
  return {
    mount: (folder, size) => mountWith(['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs'], folder),
    mountImage: (image, folder) => mountWith(['-o', 'loop', image], folder),
  };
}

/** Takes every byte that is left of a disk, as a training does that goes on. */
export async function fillDisk(folder: string): Promise<void> {
  const ballast = await open(`${folder}/ballast`, 'a');
  const block = Buffer.alloc(4096, 7);
  try {
    while ((await ballast.write(block)).bytesWritten === block.length);
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  } finally {
    await ballast.close();
  }
}
