import { escapeName } from '../catalog/escape-name.ts';
import { UsageError } from '../errors.ts';
import { explainError } from '../files/error-code.ts';
import { followToFile } from '../files/follow-to-file.ts';
import type { Contents } from '../formats/contents.ts';
import { emptyContents } from '../formats/empty-contents.ts';
import { openFileSource } from '../formats/source.ts';
import { inspectShards, isShardIndex } from './inspect-shards.ts';
import { readInThread } from './read-in-thread.ts';
import type { ReadingLimits } from './reading-limits.ts';

/** What was found in a file. The storages of its tensors can be read until it is closed. */
export interface Inspection {
  contents: Contents;
  /** Null for what is no regular file. */
  fileSize: number | null;
  bytesRead: number;
  close(): Promise<void>;
}

/**
 * Looks into a file and executes nothing. What is no regular file is not opened, links are followed, and whatever is
 * wrong with its bytes is among the problems. @throws UsageError when there is no such file, and what reading throws
 */
export async function inspectFile(path: string, limits?: ReadingLimits): Promise<Inspection> {
  const file = await findFile(path);
  if (file === null) {
    const problem = 'not a regular file (a folder, a pipe, a socket or a device), so it is not opened';
    return {
      contents: emptyContents('unknown', [problem]),
      fileSize: null,
      bytesRead: 0,
      close: async () => {},
    };
  }
  if (isShardIndex(path)) return inspectShards(path, limits);
  const source = await openFileSource(file);
  try {
    const { contents, bytesRead } = await readInThread(source, limits);
    return { contents, fileSize: source.size, bytesRead, close: () => source.close() };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** The file that a path leads to; null when that is no regular file. */
async function findFile(path: string): Promise<string | null> {
  try {
    return await followToFile(path);
  } catch (error) {
    const what = `cannot inspect ${escapeName(path)}`;
    throw new UsageError(`${what} — ${explainError(error)} — name a checkpoint file`, { path });
  }
}
