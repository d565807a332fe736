import { basename, dirname, join } from 'node:path';
import { manifestsFolder } from '../backup/count-backups.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import { errorCode, explainError, isFull } from '../files/error-code.ts';
import { namesThere } from '../files/names-there.ts';
import { ownFolder, trashFolder } from './operation.ts';
import type { Litter } from './remove-litter.ts';

/** What a full disk says of itself where a command fails. */
export interface FullDisk {
  /** Where Cairn keeps its notes of the run. */
  own: string;
  /** Whether what is kept back for such a disk was spent, and was not enough. */
  wasSpent: boolean;
}

/** Only what there is can be emptied, or deleted. */
function makeRoom(own: string): string {
  const ways = [
    ...(namesThere(join(own, basename(trashFolder))).length > 0 ? ['empty the trash'] : []),
    ...(namesThere(join(own, manifestsFolder)).length > 0 ? ['delete a backup'] : []),
  ];
  const unhindered = ways.length > 0 ? `${ways.join(' or ')}, which a full disk does not hinder, or ` : '';
  return `make room there: ${unhindered}remove files that are in no run`;
}

/** @param own where Cairn keeps its notes of the run */
export function tellUnlogged(command: string, error: unknown, own: string): string {
  const failed = error instanceof ModelManagerError ? (error.cause ?? error) : error;
  const fix = isFull(failed) ? makeRoom(own) : `fix ${ownFolder}/log.jsonl, or move it away`;
  return `the log has no line of this ${command} — ${explainError(failed)} — ${fix}`;
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

const littered = new Set<string>();

/** Each once. */
export function tellOfLitter(litter: readonly Litter[], tell: ((notice: string) => void) | undefined): void {
  for (const { path, error } of litter) {
    if (littered.has(path)) continue;
    littered.add(path);
    tell?.(
      `${escapeName(path, 300)} is of no use any more, and cannot be removed — ${explainError(error)} — it takes room until a command that writes to the run can remove it`,
    );
  }
}

/** What the reserve was not enough for may be too much at once; without one, as much as it would have been has to go. */
function orLess(wasSpent: boolean): string {
  return wasSpent ? ', or move fewer versions at once' : ', 256 KiB are enough';
}

/** What a command throws: a call to the system that failed as one line, any other error as it is. */
export function inWords(command: string, error: unknown, disk: FullDisk): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof ModelManagerError || !('syscall' in error || 'code' in error)) return error;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : null;
  return new ModelManagerError(
    `${command} failed — ${explainError(error)}${placeOf(path, error)} — ${mendingOf(command, error, disk)}`,
    { path, cause: error },
  );
}

/** Of a full disk the folder: which file came last says nothing. */
function placeOf(path: string | null, error: unknown): string {
  if (path === null) return '';
  return `: ${escapeName(isFull(error) ? dirname(path) : path, 300)}`;
}

function mendingOf(command: string, error: unknown, { own, wasSpent }: FullDisk): string {
  const less = command === 'prune' || command === 'trash' ? orLess(wasSpent) : '';
  if (isFull(error)) return `${makeRoom(own)}${less}; then try again`;
  return errorCode(error) === 'EXDEV'
    ? 'everything is as it was: Cairn moves files within one disk alone, so open the folder on the other one as a run of its own'
    : 'fix that and try again';
}
