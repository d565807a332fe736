// All checks and tests, after bringing this machine to where they can run: npm test [-- --only FAMILY [ARGS…]] [--torture [--pieces [KIND…] [--seconds N]]]
import { parseArgs } from 'node:util';
import { prepare } from './setup/prepare.mjs';
import { runScript, SetupError } from './setup/report.mjs';

const { values, positionals } = parseArgs({
  options: {
    only: { type: 'string' },
    torture: { type: 'boolean', default: false },
    pieces: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '3600' },
  },
  allowPositionals: true,
});

await runScript(async () => {
  await prepare({ tests: true });
  if (values.pieces) {
    const { runInPieces } = await import('./torture/in-pieces.mjs');
    return runInPieces(positionals, Number(values.seconds));
  }
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
