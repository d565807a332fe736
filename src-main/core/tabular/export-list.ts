import { Buffer } from 'node:buffer';
import { resolve } from 'node:path';
import type { Disk } from '../files/disk.ts';
import { assertNameFree, writeNewFile } from '../files/write-new-file.ts';
import { jsonLines } from './json-lines.ts';
import { delimitedLines, type Listing, type WantedVersion } from './list-lines.ts';

/** So many characters are written at once. */
const chunk = 64 * 1024;

interface Target {
  path: string;
  format: 'csv' | 'json';
  signal?: AbortSignal;
  /** One more version is written, or left out because it is gone. */
  onVersion?: () => void;
}

/**
 * Writes a list of versions to a new file. CSV has the columns asked for, JSON all that is known of each version.
 * @throws UsageError when the name is taken, the signal's reason, and what writing throws; nothing is left behind then
 */
export async function exportList(
  disk: Disk,
  { versions, columns }: Listing & { versions: readonly WantedVersion[] },
  { path, format, signal, onVersion }: Target,
): Promise<{ path: string; bytes: number }> {
  const target = resolve(path);
  await assertNameFree(disk, target);
  const listing = { versions: told(versions, onVersion), columns };
  const lines = format === 'csv' ? delimitedLines(listing, 'csv') : jsonLines(listing, versions, signal);
  const { size } = await writeNewFile(disk, target, inChunks(lines, signal));
  return { path: target, bytes: size };
}

async function* inChunks(
  lines: Iterable<string> | AsyncIterable<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let text = '';
  for await (const line of lines) {
    text += line;
    if (text.length < chunk) continue;
    signal?.throwIfAborted();
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

function* told<T>(each: Iterable<T>, onOne: (() => void) | undefined): Generator<T> {
  for (const one of each) {
    yield one;
    onOne?.();
  }
}
