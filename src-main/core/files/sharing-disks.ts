import { statfsSync, statSync } from 'node:fs';

const btrfs = 0x9123683e;
/** Disks on which files can share blocks: Btrfs, XFS, bcachefs, OCFS2, ZFS. Source: linux/magic.h, and their own headers. */
const sharing = new Set([btrfs, 0x58465342, 0xca451a4e, 0x7461636f, 0x2fc12fc1]);

/** Whether files of the disk of a path may share their blocks. */
export function sharesBlocks(path: string): boolean {
  try {
    return process.platform === 'darwin' || sharing.has(statfsSync(path).type);
  } catch {
    return true;
  }
}

/** Whether a file and a copy of it in that folder may: they are on one such disk. Subvolumes of Btrfs have numbers of their own. */
export function mayShareBlocks(file: string, folder: string): boolean {
  if (!sharesBlocks(folder)) return false;
  try {
    return statSync(file).dev === statSync(folder).dev || (isBtrfs(file) && isBtrfs(folder));
  } catch {
    return true;
  }
}

function isBtrfs(path: string): boolean {
  return statfsSync(path).type === btrfs;
}
