import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import { explainError } from '../files/error-code.ts';
import { followToFile } from '../files/follow-to-file.ts';
import type { Chunks } from '../files/stage-file.ts';
import { Damage } from '../formats/damage.ts';
import { type FileSource, isReadingError, openFileSource } from '../formats/source.ts';

/**
 * Opens the file that a path leads to, links followed; whoever asks closes it.
 * @throws UsageError where there is none, or it is no regular file; ModelManagerError where it cannot be opened
 */
export async function openCheckpoint(path: string): Promise<FileSource> {
  const refuse = (why: string, cause?: unknown) =>
    new UsageError(`cannot read ${escapeName(path)} — ${why} — name a checkpoint file`, { path, cause });
  const file = await followToFile(path).catch((error: unknown) => {
    throw refuse(explainError(error), error);
  });
  if (file === null) throw refuse('it is no regular file');
  return whileRead(path, () => openFileSource(file));
}

/** What work that reads a checkpoint gives. @throws ModelManagerError where reading fails, and whatever else the work throws */
export async function whileRead<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inWords(path, error);
  }
}

/** The same of chunks that are read of it; what whoever takes them throws is not meant. */
export async function* readChunks(path: string, chunks: Chunks): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw inWords(path, error);
  }
}

function inWords(path: string, error: unknown): unknown {
  const what = `cannot read ${escapeName(path)}`;
  // What is packed turns out damaged, or too large, only when it is unpacked.
  if (error instanceof Damage)
    return new ModelManagerError(`${what} — ${error.message} — load it in Python, and save it anew`, {
      path,
      cause: error,
    });
  if (!isReadingError(error)) return error;
  return new ModelManagerError(`${what} — ${explainError(error)} — fix that and try again`, {
    path,
    cause: error,
  });
}
