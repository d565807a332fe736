import { resolve } from 'node:path';

/** What the command line asks of the window: runs, and checkpoints. Paths are absolute. */
export interface LaunchArguments {
  runs: string[];
  screenshot: string | null;
  userData: string | null;
}

/**
 * Reads `[app] [--flag[=value]…] RUN…`; flags that are not ours belong to the runtime.
 * @param takesAppFolder whether the first plain argument is the app itself, as when it is not packaged
 */
export function readLaunchArguments(
  argv: readonly string[],
  cwd: string,
  takesAppFolder: boolean,
): LaunchArguments {
  const given = argv.slice(1);
  const plain = given.filter((argument) => argument !== '' && !argument.startsWith('-'));
  const flagValue = (flag: string) =>
    given.find((argument) => argument.startsWith(`--${flag}=`))?.slice(flag.length + 3) || null;
  const path = (value: string | null) => value && resolve(cwd, value);
  return {
    runs: plain.slice(takesAppFolder ? 1 : 0).map((run) => resolve(cwd, run)),
    screenshot: path(flagValue('screenshot')),
    userData: path(flagValue('user-data-dir')),
  };
}
