import type { Disk } from '../files/disk.ts';
import { changeList } from '../operations/change-list.ts';
import { linesFor, type Seal } from './listed-lines.ts';

/**
 * Adds checksums to the run’s `SHA256SUMS`, in the format that `sha256sum -c` reads; lines that are there stay as they are, to the
 * byte: names need not be UTF-8. What other programs add meanwhile stays too; but for one that opened the list before, and writes
 * to it after this is done.
 */
export function addSeals(disk: Disk, root: string, seals: readonly Seal[]): Promise<void> {
  return changeList(disk, root, { listed: linesFor(seals) });
}
