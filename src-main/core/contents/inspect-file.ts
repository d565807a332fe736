import { dirname } from 'node:path';
import { describeLink, isAnnexed } from '../catalog/describe-link.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { UsageError } from '../errors.ts';
import { explainError } from '../files/error-code.ts';
import { followToFile } from '../files/follow-to-file.ts';
import type { Contents } from '../formats/contents.ts';
import { emptyContents } from '../formats/empty-contents.ts';
import { isShardIndex, lookIntoShards } from './look-into-shards.ts';
import { openBeside } from './open-beside.ts';
import { OpenFiles } from './open-files.ts';
import { type ReadContents, readInThread, type ThreadLimits } from './read-in-thread.ts';

/** What was found in a file. */
export interface Looked extends ReadContents {
  /** Null for what is no regular file. */
  fileSize: number | null;
}

/** A path as it was named, and where it leads. */
export interface Named {
  path: string;
  file: string;
}

/** The storages of its tensors can be read until it is closed. */
export interface Inspection extends Looked {
  /** Tells the files that were looked into, as they are, from others; null where that cannot be relied on. */
  state: string | null;
  /** @throws FileChangedError when the file is not what it was when it was opened: what was read of it since is of no use */
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** What the work on a file gives, as long as that stays the same file. @throws FileChangedError, and what the work throws */
export async function whileUnchanged<T>(
  inspection: Pick<Inspection, 'assertUnchanged'>,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  try {
    return await work();
  } finally {
    if (!signal?.aborted) await inspection.assertUnchanged();
  }
}

/**
 * Looks into a file and executes nothing. What is no regular file is not opened, links are followed, and whatever is
 * wrong with its bytes is among the problems. @throws UsageError when there is no such file, FileChangedError when it
 * became another one meanwhile, and what reading throws
 */
export async function inspectFile(path: string, limits?: ThreadLimits): Promise<Inspection> {
  const file = await findFile(path);
  if (typeof file !== 'string') return unopened(file);
  const files = new OpenFiles();
  try {
    const look = isShardIndex(path) ? lookIntoShards : lookIntoOne;
    const looked = await whileUnchanged(files, () => look({ path, file }, files, limits), limits?.signal);
    return {
      ...looked,
      state: files.state(),
      assertUnchanged: () => files.assertUnchanged(),
      close: () => files.close(),
    };
  } catch (error) {
    await files.close();
    throw error;
  }
}

async function lookIntoOne(named: Named, files: OpenFiles, limits?: ThreadLimits): Promise<Looked> {
  const source = await files.open(named.path, named.file);
  const read = await readInThread(source, limits);
  return { ...read, contents: await openBeside(named, read.contents, files), fileSize: source.size };
}

/** Of what is not opened. */
function unopened(contents: Contents): Inspection {
  return {
    contents,
    optimizer: null,
    fileSize: null,
    bytesRead: 0,
    state: null,
    assertUnchanged: async () => {},
    close: async () => {},
  };
}

const notRegular = 'not a regular file (a folder, a pipe, a socket or a device), so it is not opened';

/** The file that a path leads to; what can be said instead when that is no regular file. */
async function findFile(path: string): Promise<string | Contents> {
  try {
    return (await followToFile(path)) ?? emptyContents('unknown', [notRegular]);
  } catch (error) {
    if (isAnnexed(path)) return emptyContents('annex-link', [describeLink(path, dirname(path))]);
    const what = `cannot inspect ${escapeName(path)}`;
    throw new UsageError(`${what} — ${explainError(error)} — name a checkpoint file`, { path });
  }
}
