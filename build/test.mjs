// All checks and tests, after bringing this machine to where they can run: npm test [-- --only FAMILY [ARGS…]] [--torture [--pieces [KIND…] [--seconds N]]]
import { parseArgs } from 'node:util';
import { prepare } from './setup/prepare.mjs';
import { runScript, SetupError } from './setup/report.mjs';
import { KINDS } from './torture/pieces.mjs';

const USAGE = [
  'npm test                             all checks, and all tests but those of the command line and of the window that the next commits do',
  'npm test -- --only FAMILY [ARGS…]    those of a family, all of them',
  'npm run torture                      all of everything, each as often as there is an hour for it, and bugs that are planted',
  'npm run torture -- --pieces [KIND…] [--seconds N]',
  `                                     the sizes asked of a release, from where they were left: ${KINDS.join(', ')}`,
];

function readArguments() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string' },
        torture: { type: 'boolean', default: false },
        pieces: { type: 'boolean', default: false },
        seconds: { type: 'string', default: '3600' },
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : error} — see npm test -- --help`);
  }
}

await runScript(async () => {
  const { values, positionals } = readArguments();
  if (values.help) {
    process.stdout.write(`${USAGE.join('\n')}\n`);
    return 0;
  }
  await prepare({ tests: true });
  if (values.pieces) {
    const { runInPieces } = await import('./torture/in-pieces.mjs');
    return runInPieces(positionals, Number(values.seconds));
  }
  const { FAMILIES, withNeeds } = await import('./check/families.mjs');
  const { runFamilies } = await import('./check/run-families.mjs');
  const { turnOfCommit } = await import('./check/turns.mjs');
  if (values.torture) Object.assign(process.env, { CAIRN_TORTURE: '1' });
  const all = Object.keys(FAMILIES);
  if (values.only === undefined) return runFamilies(all, { turn: values.torture ? null : turnOfCommit() });
  if (!all.includes(values.only)) {
    throw new SetupError(`no tests are called ${values.only} — --only takes one of ${all.join(', ')}`);
  }
  return runFamilies(withNeeds(values.only), { args: positionals });
});
