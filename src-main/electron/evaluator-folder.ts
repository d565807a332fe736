import { dirname, parse } from 'node:path';

/**
 * The folder that the files of a person's command are looked for in: the one where Cairn was started, as on the command line; home where
 * it was started from a menu, which leaves programs at the root of the disk or where they are installed.
 */
export function evaluatorFolder(started: string, executable: string, home: string): string {
  const isNobodys = started === parse(started).root || started === dirname(executable);
  return isNobodys ? home : started;
}
