import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

// What Cairn keeps of large runs must not pile up in the cache of whoever runs the tests.
process.env['XDG_CACHE_HOME'] = resolve('node_modules/.cache/tests');

const { PLAYWRIGHT_JSON_OUTPUT_FILE: outputFile = 'test-results/playwright.json' } = process.env;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/artifacts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile }]],
  projects: [
    { name: 'cli', testMatch: 'cli/**/*.spec.ts' },
    { name: 'app', testIgnore: ['cli/**', 'package/**', 'screens/**'] },
    { name: 'package', testMatch: 'package/**/*.spec.ts' },
    // Pictures to look at, not tests: `npm run screens`.
    { name: 'screens', testMatch: 'screens/**/*.spec.ts' },
  ],
});
