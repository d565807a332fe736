import type { StatsFs } from 'node:fs';

/** What may still be written to a disk, in bytes. One that tells no size, such as a tmpfs without a limit, tells nothing of that either. */
export function bytesFree({ bavail, blocks, bsize }: Pick<StatsFs, 'bavail' | 'blocks' | 'bsize'>): number {
  return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
}
