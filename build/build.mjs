// Builds app/ from the sources: npm run build
import { checkNode, ensureNodeModules } from './setup/node-modules.mjs';
import { runScript, step } from './setup/report.mjs';

await runScript(async () => {
  checkNode();
  await ensureNodeModules();
  const { buildApp } = await import('./bundle/build-app.mjs');
  await step('Building app/', buildApp);
  return 0;
});
