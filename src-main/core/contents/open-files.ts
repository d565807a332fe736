import { stat } from 'node:fs/promises';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { type FileIdentity, isFresh } from '../files/file-identity.ts';
import { type FileSource, openFileSource, type Source } from '../formats/source.ts';

/** A file became another one while it was read: what was read of it is neither the one nor the other. */
export class FileChangedError extends ModelManagerError {}

interface OpenFile {
  path: string;
  source: FileSource;
}

/** The files of one checkpoint while they are looked into. */
export class OpenFiles {
  readonly #files: OpenFile[] = [];

  /**
   * `file` is where `path` leads once links are followed. @throws FileChangedError when it is not there any more,
   * ModelManagerError when it cannot be opened
   */
  async open(path: string, file: string): Promise<Source> {
    const source = await openFileSource(file).catch((error: unknown) => {
      throw toTold(path, error);
    });
    this.#files.push({ path, source });
    return source;
  }

  /**
   * @throws FileChangedError when one of them was written to since it was opened, or its name leads elsewhere;
   * ModelManagerError when that cannot be told
   */
  async assertUnchanged(): Promise<void> {
    for (const file of this.#files) await assertSame(file);
  }

  /** What tells these files, as they are, from others; null where one was touched a moment ago, and might be again without that being seen. */
  state(): string | null {
    const opened = this.#files.map(({ source }) => source.opened);
    return opened.some(isFresh) ? null : opened.map(writeIdentity).join('\n');
  }

  async close(): Promise<void> {
    for (const { source } of this.#files) await source.close();
  }
}

function writeIdentity({ dev, ino, size, mtimeMs, ctimeMs }: FileIdentity): string {
  return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
}

async function assertSame({ path, source }: OpenFile): Promise<void> {
  const { now, there } = await lookAgain({ path, source });
  if (!isUnwritten(source.opened, now)) throw changed(path, 'it was written to while it was read');
  const isIt = there.dev === now.dev && there.ino === now.ino;
  if (!isIt) throw changed(path, 'another file took its place while it was read');
}

/** What the open file is now, and what is at its path. @throws as {@link OpenFiles.assertUnchanged} */
async function lookAgain({ path, source }: OpenFile): Promise<{ now: FileIdentity; there: FileIdentity }> {
  try {
    return { now: await source.look(), there: await stat(path) };
  } catch (error) {
    throw toTold(path, error);
  }
}

/** A second name, or other permissions, change the ctime alone, and nothing that is read. */
function isUnwritten(before: FileIdentity, now: FileIdentity): boolean {
  return before.size === now.size && before.mtimeMs === now.mtimeMs;
}

const gone = new Set(['ENOENT', 'ENOTDIR']);

/** What the system says of a path that led to a file a moment ago, as a sentence. */
function toTold(path: string, error: unknown): ModelManagerError {
  if (gone.has(errorCode(error) ?? '')) return changed(path, 'it was moved or removed while it was read');
  const what = `cannot look into ${escapeName(path)}`;
  return new ModelManagerError(`${what} — ${explainError(error)} — fix that and try again`, {
    path,
    cause: error,
  });
}

function changed(path: string, why: string): FileChangedError {
  return new FileChangedError(`cannot look into ${escapeName(path)} — ${why} — try again once it is whole`, {
    path,
  });
}
