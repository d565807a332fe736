import { basename, dirname, join } from 'node:path';
import type { Problem } from '../../../../shared/model/run.ts';
import { explainError } from '../../files/error-code.ts';
import { type FileIdentity, isFresh, sameIdentity } from '../../files/file-identity.ts';
import { inHeldFolder } from '../../files/held-folder.ts';
import { rule } from '../../formats/damage.ts';
import { type FileSource, openFileSource } from '../../formats/source.ts';
import { escapeName } from '../escape-name.ts';
import { type LogFile, lengthRead } from './log-file.ts';
import { type LogReading, readLog } from './read-log.ts';

/** A file as it was read last. */
export interface KeptLog {
  file: LogFile;
  /** Tells one state of the file from another. */
  state: string;
  /** Null for one that cannot be read. */
  reading: LogReading | null;
  /** How many bytes were read, and how many numbers are kept of them. */
  cost: LogCost;
  problems: readonly Problem[];
  /** What tells whether the file has only grown since; null where it is read from its beginning in any case. */
  read: ReadPart | null;
}

/** The part of a file that was read, as far as that is looked at again. */
interface ReadPart {
  file: FileIdentity;
  blocks: readonly { at: number; bytes: Buffer }[];
}

export interface LogCost {
  bytes: number;
  numbers: number;
}

const nothing: LogCost = { bytes: 0, numbers: 0 };
const tooMuch = 'the logs of this run are more than is read of one';

/** How much is looked at again at either end of what was read, in bytes. */
const blockLength = 4096;

/**
 * Reads a file, however that ends; one that has only grown since it was read from there on.
 * @param room what may still be read and kept of the run
 * @param before what it was when it was read last
 */
export async function keepLog(
  root: string,
  file: LogFile,
  state: string,
  room: LogCost,
  before?: KeptLog,
): Promise<KeptLog> {
  try {
    return await readWithin(root, file, state, room, before);
  } catch (error) {
    const problem = `no version has the metrics that it holds: ${explainError(error)}`;
    return { file, state, reading: null, cost: nothing, problems: [problemOf(file, problem)], read: null };
  }
}

async function readWithin(
  root: string,
  file: LogFile,
  state: string,
  room: LogCost,
  before: KeptLog | undefined,
): Promise<KeptLog> {
  const source = await openLog(root, file);
  try {
    rule(lengthRead(file, source.size) <= room.bytes, tooMuch);
    const { reading, bytes } = await readOn(source, file, before);
    const cost = { bytes, numbers: countNumbers(reading) };
    rule(cost.numbers <= room.numbers, tooMuch);
    const read = await partRead(source, reading);
    const notes = notesOf(reading);
    // What is being written has an end that is not whole: that is told once nothing comes any more.
    const isComing = notes.length > 0 && isFresh(source.opened);
    const problems = isComing ? [] : notes.map((note) => problemOf(file, note));
    return { file, state: isComing ? '' : state, reading, cost, problems, read };
  } finally {
    await source.close();
  }
}

/** In its folder, which is held for that long: a link that came in the place of that leads nowhere. */
function openLog(root: string, { path }: LogFile): Promise<FileSource> {
  const place = join(root, path);
  return inHeldFolder(dirname(place), root, (folder) => openFileSource(join(folder, basename(place))));
}

/** Whether all that was read of it is as it was, as far as its size, its first and its last block tell. */
async function hasOnlyGrown(source: FileSource, read: ReadPart): Promise<boolean> {
  const { opened } = source;
  const isSame = opened.dev === read.file.dev && opened.ino === read.file.ino;
  if (!isSame || (opened.size <= read.file.size && !sameIdentity(opened, read.file))) return false;
  for (const { at, bytes } of read.blocks)
    if (!(await source.read(at, bytes.length)).equals(bytes)) return false;
  return true;
}

/** What the file says; what was read of it before, and only has grown since, is not read again, but counts as read. */
async function readOn(
  source: FileSource,
  file: LogFile,
  before: KeptLog | undefined,
): Promise<{ reading: LogReading; bytes: number }> {
  const resume = before?.reading?.resume;
  if (!before?.read || !resume || !(await hasOnlyGrown(source, before.read))) {
    const reading = await readLog(source, file);
    return { reading, bytes: source.bytesRead };
  }
  const grownBy = source.size - before.read.file.size;
  return { reading: await resume.go(source), bytes: before.cost.bytes + grownBy };
}

async function partRead(source: FileSource, { resume }: LogReading): Promise<ReadPart | null> {
  if (!resume) return null;
  const length = Math.min(blockLength, resume.at);
  const places = [...new Set([0, resume.at - length])];
  // What `read` gives may be part of a larger chunk.
  const blocks = places.map(async (at) => ({ at, bytes: Buffer.from(await source.read(at, length)) }));
  return { file: source.opened, blocks: await Promise.all(blocks) };
}

function countNumbers({ logs, episodes }: LogReading): number {
  const series = logs.flatMap((log) => log.series.map(({ at, alsoAt }) => (alsoAt ? 3 : 2) * at.length));
  return series.reduce((sum, count) => sum + count, 3 * (episodes?.rewards.length ?? 0));
}

function notesOf({ logs, episodes }: LogReading): string[] {
  return [...logs.flatMap(({ notes }) => notes), ...(episodes?.notes ?? [])];
}

function problemOf({ path }: LogFile, problem: string): Problem {
  return { path: escapeName(path), problem };
}
