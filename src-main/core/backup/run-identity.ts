import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Problem } from '../../../shared/model/run.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import { sameIdentity } from '../files/file-identity.ts';
import { mostBytes, type RecordRead, readRecord } from '../files/read-record.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import { ownFolder } from '../operations/operation.ts';

const fileName = 'run.json';
/** So long is waited, in milliseconds, for the folder where a run was: a network mount that is down may never answer. */
const patience = 2000;
export const runIdSchema = z.string().regex(/^[0-9a-f]{32}$/);
/** `folder`: where the run was when this was written. `former`: the ids of the runs that it is a copy of. */
const fileSchema = z.strictObject({
  format: z.literal(1),
  id: runIdSchema,
  folder: z.string().optional(),
  former: z.array(runIdSchema).optional(),
});

type Written = z.infer<typeof fileSchema>;

/** What a run is known by. */
export interface RunIdentity {
  /** Null where it has none, or a damaged one. */
  id: string | null;
  /** Those that it had as a copy of other runs, which are theirs. */
  former: readonly string[];
}

/** A run, and the folder of what is noted of it. */
export interface IdentifiedRun {
  disk: Disk;
  root: string;
  bookkeeping: string;
}

/** What tells a run from others wherever it is moved to, by which it knows its backups; a damaged identity is told. */
export async function tellRunId(
  disk: Disk,
  bookkeeping: string,
): Promise<RunIdentity & { problems: Problem[] }> {
  const path = join(bookkeeping, fileName);
  const read = await readIdentity(disk, bookkeeping);
  if (read === null) return { id: null, former: [], problems: [] };
  if ('value' in read) return { id: read.value.id, former: read.value.former ?? [], problems: [] };
  const problem =
    'the identity of this run is damaged, or another version of Cairn wrote it: backups elsewhere that were made before the run was moved are not listed. Name their folder with --from; fix the identity, or move it away';
  return { id: null, former: [], problems: [{ path, problem }] };
}

/**
 * The run's identity, made where it has none; one that was copied gets its own, as by {@link settleRunId}. The caller holds the run's lock.
 * @throws ModelManagerError for a damaged one
 */
export async function ensureRunId(run: IdentifiedRun): Promise<string> {
  const { disk, bookkeeping, root } = run;
  await settleRunId(run);
  const { id: known, problems } = await tellRunId(disk, bookkeeping);
  if (problems.length > 0) throw damaged(join(bookkeeping, fileName));
  if (known !== null) return known;
  const id = newId();
  await writeIdentity(run, { format: 1, id, folder: root });
  return id;
}

/**
 * Notes where a run is that was moved. One that finds itself to be a copy, as the run that it was copied from is there with the same id, gets an id
 * of its own: each backs up for itself from then on. The caller holds the run's lock.
 */
export async function settleRunId(run: IdentifiedRun): Promise<void> {
  const { disk, root, bookkeeping } = run;
  const read = await readIdentity(disk, bookkeeping);
  if (read === null || !('value' in read) || read.value.folder === root) return;
  const { id, folder, former = [] } = read.value;
  const isCopy = folder !== undefined && (await inTime(hasId(disk, root, folder, id)));
  if (isCopy === null) return;
  const own = isCopy ? { id: newId(), former: [...former, id] } : {};
  await writeIdentity(run, { ...read.value, ...own, folder: root });
}

/** Null where nothing answers. */
function inTime<T>(answer: Promise<T>): Promise<T | null> {
  return Promise.race([answer, wait(patience, null, { ref: false })]);
}

/** Whether a folder is there, is another one than `root`, and has that id too; null where its id cannot be read. @throws system errors */
export async function hasId(disk: Disk, root: string, folder: string, id: string): Promise<boolean | null> {
  const place = await realpath(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return null;
    throw error;
  });
  // A run that was moved may have left a link where it was, and one folder may be mounted in two places.
  if (place === null || (await isSameFolder(disk, place, root))) return false;
  const other = await tellRunId(disk, join(place, ownFolder));
  return other.problems.length > 0 ? null : other.id === id;
}

/** What is mounted twice over a network has two devices: then the file that bears the identity is one. */
async function isSameFolder(disk: Disk, a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([disk.lookAt(a), disk.lookAt(b)]);
  if (one?.dev === other?.dev) return one?.ino === other?.ino;
  const files = [a, b].map((root) => disk.lookAt(join(root, ownFolder, fileName)));
  const [own, others] = await Promise.all(files);
  return own != null && others != null && sameIdentity({ ...own, dev: others.dev }, others);
}

function readIdentity(disk: Disk, bookkeeping: string): Promise<RecordRead<Written> | null> {
  const path = join(bookkeeping, fileName);
  return readRecord(disk, path, (text) => fileSchema.parse(JSON.parse(text)), mostBytes.run);
}

function writeIdentity({ disk, bookkeeping }: IdentifiedRun, identity: Written): Promise<void> {
  return replaceDurably(disk, bookkeeping, fileName, Buffer.from(JSON.stringify(identity)));
}

function newId(): string {
  return randomBytes(16).toString('hex');
}

function damaged(path: string): ModelManagerError {
  return new ModelManagerError(
    `nothing was backed up — ${path} is damaged, or another version of Cairn wrote it: a new one would make the run forget its backups — fix it, or move it away`,
    { path },
  );
}
