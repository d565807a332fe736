import { createHash } from 'node:crypto';
import type { Disk } from './disk.ts';
import { type Reading, readChunks } from './stage-file.ts';

/** The SHA-256 of a file in lower-case hex. @throws the signal's reason */
export async function hashOf(disk: Disk, path: string, reading: Reading = {}): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of readChunks(disk, path, undefined, reading)) hash.update(chunk);
  return hash.digest('hex');
}
