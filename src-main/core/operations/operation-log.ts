import { z } from 'zod';
import { escapeName } from '../catalog/escape-name.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import { inTurns } from '../files/in-turns.ts';
import { linesIn } from '../files/lines-in.ts';
import { readLastLines } from '../files/read-text.ts';
import { formatCount } from '../formats/plain-text.ts';
import { appendLine } from './append-line.ts';

/**
 * One line of what was done to a run. `seconds` is how long it took; `result` is `done` or why it was not; `operation` is what can be
 * undone of it, `bytes` what it moved, copied, read or deleted, `version` the number that a save gave, `of` the folder of the other run that what was restored is of, each where there is such a thing.
 */
export const logEntrySchema = z.strictObject({
  at: z.string(),
  command: z.string(),
  who: z.string(),
  ids: z.array(z.string()),
  seconds: z.number(),
  result: z.string(),
  operation: z.string().optional(),
  bytes: z.number().optional(),
  version: z.number().optional(),
  of: z.string().optional(),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

/** Bytes of it that are read: the last ones. */
const most = 256 * 1024 * 1024;
const fileName = 'log.jsonl';

/** How many bytes the log has; it never has less. */
export async function lengthOfLog(disk: Disk, folder: string): Promise<number> {
  return (await disk.lookAt(`${folder}/${fileName}`))?.size ?? 0;
}

/** Adds a line to the log: operations are ordered by where they stand in it. */
export function appendLog(disk: Disk, folder: string, entry: LogEntry): Promise<void> {
  return appendLine(disk, `${folder}/${fileName}`, JSON.stringify(entry));
}

/**
 * All entries, oldest first; of a log of many years the last ones.
 * @param onNotice is told where there are more
 */
export function readLog(folder: string, onNotice?: (notice: string) => void, limit = most): LogEntry[] {
  return parseLog(textOf(folder, onNotice, limit));
}

/** {@link readLog}, where others have their turn meanwhile. */
export async function readLogInTurns(
  folder: string,
  onNotice?: (notice: string) => void,
): Promise<LogEntry[]> {
  const entries: LogEntry[] = [];
  for await (const lines of inTurns(linesIn(textOf(folder, onNotice, most))))
    entries.push(...lines.flatMap(parseEntry));
  return entries;
}

/** The entries at its end, in so many bytes; `isAll`: whether there are no others that can be read. What cannot be read counts for nothing. */
export function readLastEntries(folder: string, limit: number): { entries: LogEntry[]; isAll: boolean } {
  try {
    const { text, before } = readLastLines(`${folder}/${fileName}`, Math.min(limit, most));
    return { entries: parseLog(text), isAll: before === 0 || limit >= most };
  } catch {
    return { entries: [], isAll: true };
  }
}

function textOf(folder: string, onNotice: ((notice: string) => void) | undefined, limit: number): string {
  try {
    const { text, before } = readLastLines(`${folder}/${fileName}`, limit);
    if (before > 0) onNotice?.(tellShortened(`${folder}/${fileName}`, before));
    return text;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

function tellShortened(path: string, bytes: number): string {
  return `the log is shown from its end on — its first ${formatCount(bytes)} bytes are more than is read — they are in ${escapeName(path, 400)}`;
}

/** The entries of a log; lines that are none are passed over. */
export function parseLog(text: string): LogEntry[] {
  return Array.from(linesIn(text), parseEntry).flat();
}

function parseEntry(line: string): LogEntry[] {
  try {
    return [logEntrySchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
