import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

// What Cairn keeps of large runs must not pile up in the cache of whoever runs the tests.
process.env['XDG_CACHE_HOME'] = resolve('node_modules/.cache/tests');

// Each worker has a screen of its own: on one, two windows would take the focus from each other.
const screens: Record<string, string>[] = JSON.parse(process.env['CAIRN_SCREENS'] ?? '[]');
Object.assign(process.env, screens[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)]);

const { PLAYWRIGHT_JSON_OUTPUT_FILE: outputFile = 'test-results/playwright.json' } = process.env;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/artifacts',
  workers: Math.max(1, screens.length),
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  // On a machine that is half as fast, or does other work, everything takes its time; what never comes is found as surely.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile }]],
  projects: [
    { name: 'cli', testMatch: 'cli/**/*.spec.ts' },
    { name: 'app', testIgnore: ['cli/**', 'package/**', 'screens/**'] },
    { name: 'package', testMatch: 'package/**/*.spec.ts' },
    // Pictures to look at, not tests: `npm run screens`.
    { name: 'screens', testMatch: 'screens/**/*.spec.ts' },
  ],
});
