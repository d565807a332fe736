import type { Disk, DiskFile } from './disk.ts';
import { errorCode } from './error-code.ts';

const MiB = 1024 * 1024;

/**
 * The most bytes that are read of a record, by what it is about. One of `files`, an operation or a backup: of 100,000 versions with their sidecars
 * and lines of the list of checksums it has 87 and 90 MB where paths have 58 characters, 222 and 148 MB where they have 250. `run`: of
 * the run itself.
 */
export const mostBytes = { files: 256 * MiB, run: MiB } as const;

/** No text can have more bytes. */
const longestText = 512 * MiB;

/** What a record of Cairn's own says; or, where it is not what Cairn wrote, what shows that. */
export type RecordRead<T> = { value: T } | { damage: unknown };

/**
 * Reads a record: a small file that Cairn wrote.
 * @param parse throws for what Cairn did not write
 * @param limit the most bytes that Cairn writes of such a one, or what tells it of a record that has so many: more are damage, and are not read
 * @returns null where there is none
 * @throws system errors as they are: that the disk fails says nothing of the record
 */
export async function readRecord<T>(
  disk: Disk,
  path: string,
  parse: (text: string, bytes: Buffer) => T,
  limit: number | ((size: number) => Promise<number>) = longestText,
): Promise<RecordRead<T> | null> {
  const look = await disk.lookAt(path);
  if (!look) return null;
  const most = typeof limit === 'number' ? limit : await limit(look.size);
  if (look.type !== 'file' || look.size > most) return { damage: new Error('it is no small file') };
  const bytes = await readWhole(disk, path, look.size);
  if (bytes === null) return null;
  try {
    return { value: parse(bytes.toString('utf8'), bytes) };
  } catch (damage) {
    return { damage };
  }
}

/** So many bytes of a file, from a position in it; fewer where it ends before. */
export async function readBytes(file: DiskFile, size: number, from = 0): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  let done = 0;
  for (let count = -1; done < size && count !== 0; done += count)
    count = await file.read(bytes.subarray(done), from + done);
  return bytes.subarray(0, done);
}

async function readWhole(disk: Disk, path: string, size: number): Promise<Buffer | null> {
  const file = await disk.open(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (!file) return null;
  try {
    return await readBytes(file, size);
  } finally {
    await file.close();
  }
}
