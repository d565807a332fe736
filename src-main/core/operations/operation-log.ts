import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { readText } from '../files/read-text.ts';

/** One line of what was done to a run. `seconds` is how long it took; `result` is `done` or why it was not. */
export const logEntrySchema = z.strictObject({
  at: z.string(),
  command: z.string(),
  who: z.string(),
  ids: z.array(z.string()),
  seconds: z.number(),
  result: z.string(),
});
export type LogEntry = z.infer<typeof logEntrySchema>;

const limit = 256 * 1024 * 1024;
const flags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

/** Adds a line to `log.jsonl`, for good: operations are ordered by where they stand in it. A line that a power cut left unfinished is ended first, so that it spoils no other. */
export function appendLog(folder: string, entry: LogEntry): void {
  const file = openSync(`${folder}/log.jsonl`, flags, 0o600);
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    const cut = size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
    const line = Buffer.from(`${cut ? '\n' : ''}${JSON.stringify(entry)}\n`);
    for (let done = 0; done < line.length; ) done += writeSync(file, line, done);
    fsyncSync(file);
    if (size === 0 && process.platform !== 'win32') syncNames(folder);
  } finally {
    closeSync(file);
  }
}

function syncNames(folder: string): void {
  const names = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(names);
  } finally {
    closeSync(names);
  }
}

/** All entries, oldest first; lines that are none are passed over. */
export function readLog(folder: string): LogEntry[] {
  let text: string;
  try {
    text = readText(`${folder}/log.jsonl`, limit);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap(parseEntry);
}

function parseEntry(line: string): LogEntry[] {
  try {
    return [logEntrySchema.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
