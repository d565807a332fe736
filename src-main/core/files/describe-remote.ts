import { statfsSync } from 'node:fs';

/** File systems where the kernel tells nothing of what others write, by their magic number (statfs(2)). */
const remote = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9p'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
]);

/** That a folder is on a mount where others write unseen; null when it is not, or that cannot be told. */
export function describeRemote(root: string): string | null {
  try {
    const name = remote.get(Number(statfsSync(root).type) >>> 0);
    return name ? `the folder is on a ${name} mount, which does not tell of changes` : null;
  } catch {
    return null;
  }
}
