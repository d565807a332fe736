import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { testsAlone } from './build/check/tests-alone.mjs';
import { quickFolder } from './build/setup/places.mjs';

/** Folders whose tests may start threads, which Node 20 runs from built files only. */
const MAIN = ['src-main', 'examples', 'build'];

const alone = MAIN.flatMap(testsAlone);

function project(name: string, include: string[], how: { isMain: boolean; isAlone: boolean }) {
  return {
    test: {
      name,
      include,
      exclude: ['**/node_modules/**', 'build/sample-run/run/**', ...(how.isAlone ? [] : alone)],
      environment: 'node',
      // Beside other work a test takes many times as long as it does alone: what hangs is found as surely.
      testTimeout: 180_000,
      hookTimeout: 180_000,
      // Loading what they need for each file takes longer than most tests do: they share it, but for those that change it.
      isolate: how.isAlone,
      // What Cairn keeps of large runs must not pile up in the cache of whoever runs the tests; and most wait for no disk: real ones are in `build/torture`.
      env: { XDG_CACHE_HOME: resolve('node_modules/.cache/tests'), TMPDIR: quickFolder() },
      globalSetup: how.isMain ? ['build/bundle/build-workers-first.ts'] : [],
    },
  };
}

export default defineConfig({
  test: {
    // One less, as is usual, would leave one of two cores idle, and many tests wait: for the disk, for threads, for files to be quiet. Each loads all
    // that tests share once more: with three, two cores had a fifth of their time left; five took as long as three.
    maxWorkers: availableParallelism() + 2,
    projects: [
      ...['shared', 'src-main', 'src-renderer', 'examples', 'build'].map((folder) =>
        project(folder, [`${folder}/**/*.test.{ts,tsx}`], { isMain: MAIN.includes(folder), isAlone: false }),
      ),
      project('alone', alone, { isMain: true, isAlone: true }),
    ],
  },
});
