import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { ModelManagerError } from '../../core/errors.ts';
import { findWhatIsNamed } from '../../core/find-what-is-named.ts';
import { findStarter } from '../app-starter.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';

/** `cairn open`: the desktop app on these runs and checkpoints. @throws UsageError for what cannot be opened */
export async function open(runs: readonly string[]): Promise<ExitCode> {
  const paths = runs.map((run) => resolve(run));
  for (const path of paths) findWhatIsNamed(path);
  const starter = findStarter();
  if (!starter) {
    throw new ModelManagerError(
      'cannot start the desktop app — it is not beside this command — start Cairn itself and open the folder there',
    );
  }
  const child = spawn(starter.program, [...starter.words, ...paths], { stdio: 'inherit' });
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  return code === 0 ? exitCodes.done : exitCodes.failed;
}
