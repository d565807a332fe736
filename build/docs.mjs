// Writes docs/api.md, which describes cairn/core, from the docstrings of the sources: npm run docs
import { writeFile } from 'node:fs/promises';
import { checkNode, ensureNodeModules } from './setup/node-modules.mjs';
import { runScript, step } from './setup/report.mjs';

await runScript(async () => {
  checkNode();
  await ensureNodeModules();
  const { apiPage, describeApi } = await import('./api/describe-api.mjs');
  await step('Describing cairn/core', async () => writeFile(apiPage, await describeApi()));
  return 0;
});
