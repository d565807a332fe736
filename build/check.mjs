// The quick checks, to run before every commit: npm run check
import { checkNode, ensureNodeModules } from './setup/node-modules.mjs';
import { runScript } from './setup/report.mjs';

await runScript(async () => {
  checkNode();
  await ensureNodeModules();
  const { runFamilies } = await import('./check/run-families.mjs');
  return runFamilies(['types', 'lint', 'imports', 'unused']);
});
