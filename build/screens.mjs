// A PNG of every screen and state, dark and light, at 1x and 2x: npm run screens [-- WORDS]. They go to screens/, which is not committed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup/places.mjs';
import { prepare } from './setup/prepare.mjs';
import { runScript, step } from './setup/report.mjs';

const versions = 100_000;
const minutes = 30;

await runScript(async () => {
  await prepare({ tests: true });
  const { buildApp, isAppStale } = await import('./bundle/build-app.mjs');
  const { makeRun } = await import('./bench/make-run.mjs');
  const { runPlaywright } = await import('./check/families.mjs');
  if (await isAppStale()) await step('Building app/', buildApp);
  // Made once, and kept for the next pictures.
  const large = process.env['CAIRN_LARGE_RUN'] ?? join(root, 'node_modules/.cache/screens/many');
  if (!existsSync(large))
    await step(`Writing a run of ${versions} versions`, async () => makeRun(large, { versions }));
  process.env['CAIRN_LARGE_RUN'] = large;
  const words = process.argv.slice(2).flatMap((word) => ['--grep', word]);
  const { passed, failed } = await runPlaywright(['screens'], minutes * 60_000, words);
  console.log(`${passed} pictures in screens/, ${failed} that could not be taken`);
  return failed === 0 ? 0 : 1;
});
