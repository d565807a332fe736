import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModelManagerError } from '../../core/errors.ts';
import { findWhatIsNamed } from '../../core/find-what-is-named.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';

/** Where the starter of a built checkout is, seen from the built command in `app/cli/`. */
const starter = fileURLToPath(new URL('../../build/start.mjs', import.meta.url));

/** `cairn open`: the desktop app on these runs and checkpoints. @throws UsageError for what cannot be opened */
export async function open(runs: readonly string[]): Promise<ExitCode> {
  const paths = runs.map((run) => resolve(run));
  for (const path of paths) findWhatIsNamed(path);
  if (!existsSync(starter)) {
    throw new ModelManagerError(
      'cannot start the desktop app — it is not beside this command — start Cairn itself and open the folder there',
    );
  }
  const child = spawn(process.execPath, [starter, ...paths], { stdio: 'inherit' });
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  return code === 0 ? exitCodes.done : exitCodes.failed;
}
