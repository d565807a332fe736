import type { Problem } from '../../../../shared/model/run.ts';
import { explainError } from '../../files/error-code.ts';
import { isFresh } from '../../files/file-identity.ts';
import { rule } from '../../formats/damage.ts';
import { openFileSource } from '../../formats/source.ts';
import { escapeName } from '../escape-name.ts';
import type { LogFile } from './log-file.ts';
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
}

export interface LogCost {
  bytes: number;
  numbers: number;
}

const nothing: LogCost = { bytes: 0, numbers: 0 };
const tooMuch = 'the logs of this run are more than is read of one';

/** Reads a file, however that ends. @param room what may still be read and kept of the run */
export async function keepLog(root: string, file: LogFile, state: string, room: LogCost): Promise<KeptLog> {
  try {
    return await readWithin(root, file, state, room);
  } catch (error) {
    const problem = `no version has the metrics that it holds: ${explainError(error)}`;
    return { file, state, reading: null, cost: nothing, problems: [problemOf(file, problem)] };
  }
}

async function readWithin(root: string, file: LogFile, state: string, room: LogCost): Promise<KeptLog> {
  const source = await openFileSource(`${root}/${file.path}`);
  try {
    rule(source.size <= room.bytes, tooMuch);
    const reading = await readLog(source, file);
    const cost = { bytes: source.bytesRead, numbers: countNumbers(reading) };
    rule(cost.numbers <= room.numbers, tooMuch);
    const notes = notesOf(reading);
    // What is being written has an end that is not whole: that is told once nothing comes any more.
    if (notes.length > 0 && isFresh(source.opened)) return { file, state: '', reading, cost, problems: [] };
    return { file, state, reading, cost, problems: notes.map((note) => problemOf(file, note)) };
  } finally {
    await source.close();
  }
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
