import type { Disk } from './disk.ts';
import { errorCode } from './error-code.ts';
import { readChunks } from './stage-file.ts';

/** Most records have fewer bytes. */
const usual = 8192;

/** What a record of Cairn's own says; or, where it is not what Cairn wrote, what shows that. */
export type RecordRead<T> = { value: T } | { damage: unknown };

/**
 * Reads a record: a small file that Cairn wrote.
 * @param parse throws for what Cairn did not write
 * @returns null where there is none
 * @throws system errors as they are: that the disk fails says nothing of the record
 */
export async function readRecord<T>(
  disk: Disk,
  path: string,
  parse: (text: string) => T,
): Promise<RecordRead<T> | null> {
  const look = await disk.lookAt(path);
  if (!look) return null;
  if (look.type !== 'file') return { damage: new Error(`a ${look.type}, not a file`) };
  const bytes = await readWhole(disk, path);
  if (bytes === null) return null;
  try {
    return { value: parse(bytes.toString('utf8')) };
  } catch (damage) {
    return { damage };
  }
}

async function readWhole(disk: Disk, path: string): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of readChunks(disk, path, usual)) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
