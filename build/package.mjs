// Makes dist/: the app as it is shipped, unpacked: npm run package [-- --allow-old-runtime]
import { parseArgs } from 'node:util';
import { prepare } from './setup/prepare.mjs';
import { runScript, step } from './setup/report.mjs';

const { values } = parseArgs({ options: { 'allow-old-runtime': { type: 'boolean', default: false } } });

await runScript(async () => {
  await prepare();
  const { buildApp, isAppStale } = await import('./bundle/build-app.mjs');
  if (await isAppStale()) await step('Building app/', buildApp);
  const { makePackages } = await import('./package/make-packages.mjs');
  await makePackages({ allowOldRuntime: values['allow-old-runtime'] });
  return 0;
});
