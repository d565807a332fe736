import { stat } from 'node:fs/promises';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import { errorCode } from '../files/error-code.ts';
import type { FileIdentity } from '../files/file-identity.ts';
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

  /** `file` is where `path` leads once links are followed. */
  async open(path: string, file: string): Promise<Source> {
    const source = await openFileSource(file);
    this.#files.push({ path, source });
    return source;
  }

  /** @throws FileChangedError when one of them was written to since it was opened, or its name leads elsewhere */
  async assertUnchanged(): Promise<void> {
    for (const file of this.#files) await assertSame(file);
  }

  async close(): Promise<void> {
    for (const { source } of this.#files) await source.close();
  }
}

async function assertSame({ path, source }: OpenFile): Promise<void> {
  const [now, there] = [await source.look(), await statOf(path)];
  if (!isUnwritten(source.opened, now)) throw changed(path, 'it was written to while it was read');
  if (!there) throw changed(path, 'it was moved or removed while it was read');
  const isIt = there.dev === now.dev && there.ino === now.ino;
  if (!isIt) throw changed(path, 'another file took its place while it was read');
}

/** A second name, or other permissions, change the ctime alone, and nothing that is read. */
function isUnwritten(before: FileIdentity, now: FileIdentity): boolean {
  return before.size === now.size && before.mtimeMs === now.mtimeMs;
}

async function statOf(path: string): Promise<FileIdentity | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function changed(path: string, why: string): FileChangedError {
  return new FileChangedError(`cannot look into ${escapeName(path)} — ${why} — look again once it is whole`, {
    path,
  });
}
