import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from '@playwright/test';

const server = fileURLToPath(new URL('../fixtures/serve-folder.py', import.meta.url));

/**
 * Mounts a folder a second time, read-only, as another computer's folder is mounted: the kernel hears nothing of what is changed in it. Gone
 * after the tests of the file; who may not mount skips them.
 */
export function quietMounts(): (folder: string, at: string) => Promise<void> {
  const mounted: string[] = [];
  test.beforeEach(() => {
    test.skip(process.getuid?.() !== 0 || process.platform !== 'linux', 'mounting needs root on Linux');
  });
  test.afterAll(() => {
    for (const folder of mounted) execFileSync('umount', ['-l', folder]);
  });
  return async (folder, at) => {
    await mkdir(at, { recursive: true });
    const serving = spawn('/usr/bin/python3', [server, folder, at], { stdio: ['ignore', 'pipe', 'inherit'] });
    await Promise.race([
      once(serving.stdout, 'data'),
      once(serving, 'exit').then(() => {
        throw new Error('the folder is not mounted');
      }),
    ]);
    mounted.push(at);
  };
}
