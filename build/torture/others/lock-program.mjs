/**
 * Takes a lock of proper-lockfile, or gives up: `held` when it has it, and holds it until it is told to end.
 *
 *     node lock-program.mjs LIBRARY-FOLDER FILE
 */

import { createRequire } from 'node:module';

const [folder = '', file = ''] = process.argv.slice(2);
const { lock } = createRequire(`${folder}/x.js`)('proper-lockfile');

process.stdout.write('ready\n');
process.stdin.once('data', async () => {
  const held = await lock(file, { stale: 2000, retries: 0, onCompromised: () => undefined }).then(
    () => true,
    () => false,
  );
  process.stdout.write(held ? 'held\n' : 'refused\n');
});
