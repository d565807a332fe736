import { z } from 'zod';
import type { Disk } from '../files/disk.ts';
import { readText } from '../files/read-text.ts';
import { appendLine } from './append-line.ts';

/**
 * One line of what was done to a run. `seconds` is how long it took; `result` is `done` or why it was not; `operation` is what can be
 * undone of it, `bytes` what it moved, copied, read or deleted, both where there is such a thing.
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
});
export type LogEntry = z.infer<typeof logEntrySchema>;

const limit = 256 * 1024 * 1024;
const fileName = 'log.jsonl';

/** How many bytes the log has; it never has less. */
export async function lengthOfLog(disk: Disk, folder: string): Promise<number> {
  return (await disk.lookAt(`${folder}/${fileName}`))?.size ?? 0;
}

/** Adds a line to the log: operations are ordered by where they stand in it. */
export function appendLog(disk: Disk, folder: string, entry: LogEntry): Promise<void> {
  return appendLine(disk, `${folder}/${fileName}`, JSON.stringify(entry));
}

/** All entries, oldest first. */
export function readLog(folder: string): LogEntry[] {
  let text: string;
  try {
    text = readText(`${folder}/${fileName}`, limit);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return parseLog(text);
}

/** The entries of a log; lines that are none are passed over. */
export function parseLog(text: string): LogEntry[] {
  return text.split('\n').flatMap(parseEntry);
}

function parseEntry(line: string): LogEntry[] {
  try {
    return [logEntrySchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
