import { createHash } from 'node:crypto';
import type { Disk } from './disk.ts';
import { readChunks } from './stage-file.ts';

/** The SHA-256 of a file in lower-case hex. */
export async function hashOf(disk: Disk, path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of readChunks(disk, path)) hash.update(chunk);
  return hash.digest('hex');
}
