import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { quickFolder } from './build/setup/places.mjs';

/** Folders whose tests may start threads, which Node 20 runs from built files only. */
const MAIN = ['src-main', 'examples', 'build'];

export default defineConfig({
  test: {
    // One less, as is usual, would leave one of two cores idle, and many tests wait for the disk.
    maxWorkers: availableParallelism() + 1,
    projects: ['shared', 'src-main', 'src-renderer', 'examples', 'build'].map((folder) => ({
      test: {
        name: folder,
        include: [`${folder}/**/*.test.{ts,tsx}`],
        exclude: ['**/node_modules/**', 'build/sample-run/run/**'],
        environment: 'node',
        // Beside other work a test takes many times as long as it does alone: what hangs is found as surely.
        testTimeout: 20_000,
        hookTimeout: 20_000,
        // Tests that touch nothing but values share what they load: loading it for each file takes three times as long as they do.
        isolate: MAIN.includes(folder),
        // What Cairn keeps of large runs must not pile up in the cache of whoever runs the tests; and most wait for no disk: real ones are in `build/torture`.
        env: { XDG_CACHE_HOME: resolve('node_modules/.cache/tests'), TMPDIR: quickFolder() },
        globalSetup: MAIN.includes(folder) ? ['build/bundle/build-workers-first.ts'] : [],
      },
    })),
  },
});
