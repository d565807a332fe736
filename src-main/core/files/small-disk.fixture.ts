import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** File systems of which a small one can be made; ext4 on a file. */
export type DiskKind = 'tmpfs' | 'ext4';
/** What a disk can be out of: blocks, or inodes. */
export type Scarce = 'bytes' | 'files';

/** Only root mounts a disk; a container's root may not either. */
export const mayMount = process.platform === 'linux' && process.getuid?.() === 0 && canMount();

const files = 400;

/** A disk of a few megabytes and 400 files that is gone when the test is over; gives its folder. */
export function smallDisk(kind: DiskKind): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'cairn-disk-'));
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (kind === 'tmpfs') mountSmall(disk);
  else {
    const image = join(folder, 'image');
    execFileSync('truncate', ['-s', '16M', image]);
    execFileSync('mkfs.ext4', ['-q', '-F', '-m', '0', '-N', String(files), image]);
    execFileSync('mount', ['-o', 'loop', image, disk]);
  }
  onTestFinished(() => void execFileSync('umount', ['-l', disk]));
  return disk;
}

let taken = 0;

/** Takes all that is left of it, to the last byte or the last file, as a training does that goes on. */
export function fillDisk(disk: string, scarce: Scarce): void {
  const ballast = join(disk, 'ballast');
  mkdirSync(ballast, { recursive: true });
  const bytes = openSync(join(ballast, 'bytes'), 'a');
  if (scarce === 'files')
    untilFull(() => {
      taken += 1;
      closeSync(openSync(join(ballast, `${taken}`), 'wx'));
      return true;
    });
  if (scarce.includes('bytes'))
    for (const size of [1 << 20, 1 << 12, 1])
      untilFull(() => writeSync(bytes, Buffer.alloc(size, size)) === size);
  closeSync(bytes);
}

/** Does it again and again, till the disk refuses, or does only a part. */
function untilFull(act: () => boolean): void {
  try {
    while (act());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

/** What is free of it. */
export function freeOn(disk: string): Record<Scarce, number> {
  const { bavail, bsize, ffree } = statfsSync(disk);
  return { bytes: bavail * bsize, files: ffree };
}

function mountSmall(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=8m,nr_inodes=${files}`, 'tmpfs', folder]);
}

function canMount(): boolean {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'cairn-disk-'));
  try {
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).status !== 0) return false;
    execFileSync('umount', [folder]);
    return true;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
