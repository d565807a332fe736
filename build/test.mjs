// All checks and tests, after bringing this machine to where they can run: npm test [-- --only FAMILY [ARGS…]] [--torture]
import { parseArgs } from 'node:util';
import { prepare } from './setup/prepare.mjs';
import { runScript, SetupError } from './setup/report.mjs';

const { values, positionals } = parseArgs({
  options: { only: { type: 'string' }, torture: { type: 'boolean', default: false } },
  allowPositionals: true,
});

await runScript(async () => {
  await prepare({ tests: true });
  const { FAMILIES, withNeeds } = await import('./check/families.mjs');
  const { runFamilies } = await import('./check/run-families.mjs');
  if (values.torture) Object.assign(process.env, { CAIRN_TORTURE: '1' });
  const all = Object.keys(FAMILIES);
  if (values.only === undefined) return runFamilies(all);
  if (!all.includes(values.only)) {
    throw new SetupError(`no tests are called ${values.only} — --only takes one of ${all.join(', ')}`);
  }
  return runFamilies(withNeeds(values.only), positionals);
});
