import { dirname } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import { errorCode, explainError, isFull } from '../files/error-code.ts';
import { ownFolder } from './operation.ts';

const makeRoom =
  'make room there: empty the trash or delete a backup, which a full disk does not hinder, or remove any other file';

export function tellUnlogged(command: string, error: unknown): string {
  const mend = isFull(error) ? makeRoom : `mend ${ownFolder}/log.jsonl, or move it away`;
  return `the log has no line of this ${command} — ${explainError(error)} — ${mend}`;
}

const claimed = new Set<string>();

/** Once for each run. */
export function tellOfClaim(root: string, tell: ((notice: string) => void) | undefined): void {
  if (claimed.has(root)) return;
  claimed.add(root);
  tell?.(
    `the file system of ${escapeName(root, 300)} has no locks — a file in ${ownFolder} stands for one, which Cairn alone heeds — let no other program write there meanwhile`,
  );
}

/** What a command throws: a call to the system that failed as one line, any other error as it is. */
export function inWords(command: string, error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof ModelManagerError || !('syscall' in error || 'code' in error)) return error;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : null;
  return new ModelManagerError(
    `${command} failed — ${explainError(error)}${placeOf(path, error)} — ${mendingOf(command, error)}`,
    { path, cause: error },
  );
}

/** Of a full disk the folder: which file came last says nothing. */
function placeOf(path: string | null, error: unknown): string {
  if (path === null) return '';
  return `: ${escapeName(isFull(error) ? dirname(path) : path, 300)}`;
}

function mendingOf(command: string, error: unknown): string {
  const fewer = command === 'prune' || command === 'trash' ? ', or move fewer versions at once' : '';
  if (isFull(error)) return `${makeRoom}${fewer}; then try again`;
  return errorCode(error) === 'EXDEV'
    ? 'everything is as it was: Cairn moves files within one disk alone, so open the folder on the other one as a run of its own'
    : 'mend that and try again';
}
