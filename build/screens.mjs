// A PNG of every screen and state, dark and light, at 1x and 2x: npm run screens [-- WORDS…], those in whose names any of these words stand. They go to screens/, which is not committed.
// npm run screens -- --renew takes new references of the main screens instead, which are: look at them before you commit them.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './setup/places.mjs';
import { prepare } from './setup/prepare.mjs';
import { runScript, step } from './setup/report.mjs';

const versions = 100_000;
const minutes = 30;
const { values, positionals } = parseArgs({
  options: { renew: { type: 'boolean', default: false } },
  allowPositionals: true,
});

await runScript(async () => {
  await prepare({ tests: true });
  const { buildApp, isAppStale } = await import('./bundle/build-app.mjs');
  const { makeRun } = await import('./bench/make-run.mjs');
  const { runPlaywright } = await import('./check/families.mjs');
  if (await isAppStale()) await step('Building app/', buildApp);
  if (values.renew) {
    process.env['CAIRN_RENEW_SCREENS'] = '1';
    const { passed, failed } = await runPlaywright(['app'], minutes * 60_000, [
      'e2e/window/main-screens.spec.ts',
    ]);
    console.log(`${passed} screens renewed in e2e/screens/references/, ${failed} that could not be taken`);
    return failed === 0 ? 0 : 1;
  }
  // Made once, and kept for the next pictures.
  const large = process.env['CAIRN_LARGE_RUN'] ?? join(root, 'node_modules/.cache/screens/many');
  if (!existsSync(large))
    await step(`Writing a run of ${versions} versions`, async () => makeRun(large, { versions }));
  process.env['CAIRN_LARGE_RUN'] = large;
  const words = positionals.length > 0 ? ['--grep', positionals.join('|')] : [];
  const { passed, failed } = await runPlaywright(['screens'], minutes * 60_000, words);
  console.log(`${passed} pictures in screens/, ${failed} that could not be taken`);
  return failed === 0 ? 0 : 1;
});
