import { dirname, join } from 'node:path';
import type { LoggedCommand } from '../../../shared/model/logged-command.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { isFull } from '../files/error-code.ts';
import { Reserve } from '../files/reserve.ts';
import { bookkeepingFolder, makeBookkeepingFolder } from '../files/run-bookkeeping.ts';
import { lockRun, whoAmI } from '../lock/lock-run.ts';
import { knownOperations } from '../trash/known-operations.ts';
import { newOperationId, type Operation, type OperationKind, ownFolder, type Step } from './operation.ts';
import { appendLog, type LogEntry, lengthOfLog } from './operation-log.ts';
import { type Ended, isLasting, recoverRun } from './recover-run.ts';
import { syncFolder, syncFoldersAbove } from './run-folders.ts';
import { setAside } from './set-aside.ts';
import { inWords, tellOfClaim, tellOfLitter, tellUnlogged } from './tell-failure.ts';

/** A run that may be written to, and by what. */
export interface WritableRun {
  root: string;
  config: StorageConfig;
  disk: Disk;
  /** Folders of the run in which files are staged: what ended processes left half written there is removed. */
  stagingFolders: readonly string[];
  /** How long to wait for another writer, in milliseconds. */
  wait: number;
  /** Is given, in one line, what a person must know and no error tells: an earlier operation that could not be finished, a log that is not written. */
  onNotice?: ((notice: string) => void) | undefined;
}

/** The run while its lock is held. */
export interface Writing extends WritableRun {
  newOperation(kind: OperationKind, reason: string, automatic?: boolean): OperationDraft;
}

/** An operation of which the steps are not known yet. */
export type OperationDraft = Omit<Operation, 'versions' | 'bytes' | 'steps' | keyof Further>;

/** What not every operation has: see {@link Operation}. */
type Further = Pick<Operation, 'folders' | 'made' | 'unlisted' | 'listed'>;

/** What came along with an operation, as a line of the log; `result` is `done` or why it was not, wholly. */
export type Also = Pick<LogEntry, 'ids' | 'result' | 'operation' | 'bytes'> & { command: LoggedCommand };

/** What an operation did, for the log and for the caller. */
export interface Outcome<T> {
  ids: string[];
  value: T;
  /** What can be undone of it. */
  operation?: string | undefined;
  /** What it moved, copied, read or deleted. */
  bytes?: number | undefined;
  /** The number that it gave a version. */
  version?: number | undefined;
  /** The folder of the other run that what it restored is of. */
  of?: string;
  /** How long it took, where not all of it was done under the lock. */
  seconds?: number;
  /** What came along with it, each a line of the log. */
  also?: Also[];
}

/** Thrown by work that is done already, by somebody else: it is no failure, and has no line in the log. */
export class NothingToDo extends ModelManagerError {}

/**
 * Runs an operation that writes: alone, after whatever was interrupted before it has been finished or undone, and with a
 * line in the log whatever comes of it, unless that is {@link NothingToDo}.
 * @throws ModelManagerError when the run must not be written to, or is locked; what the work throws, in words
 */
export function writeRun<T>(run: WritableRun, command: string, work: Work<T>): Promise<T> {
  return underLock(run, assertWritable(run.root), command, async (own, log, reserve) => {
    const { disk, root, stagingFolders, onNotice } = run;
    const tell = async ({ operation, obstacle }: Ended) => {
      const { id, kind, versions, bytes } = operation;
      const command = `recover (${kind})`;
      await log({ command, ids: versions, result: obstacle ?? 'done', operation: id, bytes });
      if (obstacle !== null) onNotice?.(obstacle);
    };
    // What makes room is held up by nothing that there is no room for.
    const isStuck = (error: unknown) => isFull(error) && reserve.isSpent;
    const mayLeaveList = (error: unknown) => isLasting(error) || isStuck(error);
    const { litter } = await recoverRun(disk, root, stagingFolders, tell, mayLeaveList);
    tellOfLitter(litter, onNotice);
    const newest = await newestNumber(run.disk, run.root);
    return work({ ...run, newOperation: await draftIn(run.disk, own, newest) });
  });
}

/**
 * {@link writeRun} for what changes nothing but Cairn's own notes of a run that must not be written to: they are in the app's
 * data, and so are the lock and the log.
 */
export function writeNotes<T>(
  run: WritableRun,
  bookkeeping: string,
  command: string,
  work: Work<T>,
): Promise<T> {
  return underLock(run, bookkeeping, command, async (own) =>
    work({ ...run, newOperation: await draftIn(run.disk, own) }),
  );
}

/** {@link setAside}, without the recovery that a damaged record stands in the way of. */
export function writeAside(run: WritableRun, id: string): Promise<void> {
  return underLock(run, assertWritable(run.root), 'set aside', async () => {
    await setAside(run.disk, run.root, id);
    return { ids: [id], value: undefined };
  });
}

type Work<T> = (writing: Writing) => Promise<Outcome<T>>;

/** What brings more bytes to the disk than it writes to note that, and makes no room for it. */
const filling: ReadonlySet<string> = new Set<LoggedCommand>([
  'save',
  'backup',
  'restore',
  'benchmark',
  'seal',
]);

/** Adds a line to the log, which is worth no failure. A full disk is told once: not where it is the failure that the line is of. */
type Log = (line: Pick<LogEntry, 'ids' | 'result'> & Partial<LogEntry>, failure?: unknown) => Promise<void>;

async function underLock<T>(
  { root, disk, wait, onNotice }: WritableRun,
  own: string,
  command: string,
  work: (own: string, log: Log, reserve: Reserve) => Promise<Outcome<T>>,
): Promise<T> {
  const reserve = new Reserve(own, !filling.has(command));
  const lock = await reserve
    .spend(async () => {
      await ensureBookkeeping(disk, root, own);
      return lockRun(own, command, wait);
    })
    .catch((error: unknown) => {
      throw inWords(command, error, { own, wasSpent: reserve.wasGivenUp });
    });
  if (lock.isClaim) tellOfClaim(root, onNotice);
  const started = performance.now();
  const log: Log = (line, failure = null) => {
    const seconds = secondsSince(started);
    const entry = { at: new Date().toISOString(), command, who: whoAmI(), seconds, ...line };
    // What it would have told is on its way to the caller.
    return reserve
      .spend(() => appendLog(disk, own, entry))
      .catch((error: unknown) => {
        if (!isFull(error) || !isFull(failure)) onNotice?.(tellUnlogged(entry.command, error, own));
      });
  };
  try {
    const { value, also = [], ...line } = await reserve.spend(() => work(own, log, reserve));
    await log({ ...line, result: 'done' });
    for (const each of also) await log(each);
    return value;
  } catch (error) {
    const failure = inWords(command, error, { own, wasSpent: reserve.wasGivenUp });
    if (!(error instanceof NothingToDo)) await log({ ids: [], result: failure.message }, error);
    throw failure;
  } finally {
    reserve.keep();
    await lock.release();
  }
}

/** Makes the folder of Cairn's own notes of a run, so that it lasts. */
export async function ensureBookkeeping(disk: Disk, root: string, own: string): Promise<void> {
  const isNew = !(await disk.lookAt(own));
  if (isNew) await syncFoldersAbove(disk, root);
  makeBookkeepingFolder(own);
  if (isNew) await syncFolder(disk, dirname(own));
}

/** @returns the folder of Cairn's own notes in it @throws ModelManagerError for a run that is read-only or someone else's */
export function assertWritable(root: string): string {
  const own = join(root, ownFolder);
  if (bookkeepingFolder(root) === own) return own;
  throw new ModelManagerError(
    `cannot write to ${escapeName(root)} — the run is read-only or belongs to someone else — copy it, or change its owner or mode`,
    { path: root },
  );
}

/** The highest number in the trash: a log that was moved away must not make what comes now the oldest. */
async function newestNumber(disk: Disk, root: string): Promise<number> {
  const { operations } = await knownOperations(disk, root);
  return operations.reduce((highest, { number }) => Math.max(highest, number), 0);
}

/** Operations are ordered by where their line in the log stands: unlike the clock, that never goes back. */
async function draftIn(disk: Disk, own: string, newest = 0): Promise<Writing['newOperation']> {
  const number = Math.max(newest, await lengthOfLog(disk, own));
  let made = 0;
  return (kind, reason, automatic = false) => {
    const at = new Date();
    made += 1;
    const id = newOperationId(at);
    // A line of the log has more bytes than a command has operations.
    return {
      format: 1,
      id,
      number: number + made,
      kind,
      at: at.toISOString(),
      who: whoAmI(),
      reason,
      automatic,
    };
  };
}

/** @param further of which an empty list is left out */
export function complete(
  draft: OperationDraft,
  steps: Step[],
  versions: string[],
  bytes: number,
  further: Further = {},
): Operation {
  const lists = Object.entries(further).filter(([, list = []]) => list.length > 0);
  return { ...draft, versions, bytes, steps, ...Object.fromEntries(lists) };
}

/** @param started as `performance.now()` gave it */
export function secondsSince(started: number): number {
  return Math.round(performance.now() - started) / 1000;
}
