import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';

/** Beside the app: the SHA-256 of each of its files by its path from there, as they were packed. */
export const ownFilesList = 'own-files.json';

const listSchema = z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/));

/** A file as a stream of its bytes; Electron's own `fs` takes an archive for a folder. */
type Open = (path: string) => AsyncIterable<Buffer>;

/**
 * The files of the shipped app that are not as they were packed, or are gone, by their paths below `resources`; the list alone where
 * that cannot be read. It tells damage, and no attacker: who can change a file there can change the list.
 */
export async function findChangedFiles(resources: string, open: Open): Promise<string[]> {
  const list = await readList(resources, open).catch(() => null);
  if (list === null) return [ownFilesList];
  const changed: string[] = [];
  for (const [path, checksum] of Object.entries(list)) {
    const now = await hashOf(open(join(resources, path))).catch(() => null);
    if (now !== checksum) changed.push(path);
  }
  return changed;
}

async function readList(resources: string, open: Open): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of open(join(resources, ownFilesList))) chunks.push(chunk);
  return listSchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
}

async function hashOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
