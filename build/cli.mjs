// The command line of this checkout, built where it is not there yet: npm run -s cli -- COMMAND …
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNode, ensureNodeModules } from './setup/node-modules.mjs';
import { root } from './setup/places.mjs';
import { runScript } from './setup/report.mjs';

/** npm runs scripts in the checkout; this is where the person is. */
const { INIT_CWD: cwd = process.cwd() } = process.env;
const program = join(root, 'app/cli/cairn.js');

await runScript(async () => {
  if (existsSync(program)) return 0;
  checkNode();
  await ensureNodeModules();
  const { buildApp } = await import('./bundle/build-app.mjs');
  await buildApp();
  return 0;
});
if (existsSync(program)) {
  process.chdir(cwd);
  await import(pathToFileURL(program).href);
}
