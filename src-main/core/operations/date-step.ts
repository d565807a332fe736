import type { Disk } from '../files/disk.ts';
import type { FileStatus } from '../files/file-identity.ts';
import type { Step } from './operation.ts';

/**
 * A step of a record that has no times, with those that its files have; with none that any file could have for a file that
 * was written to after the record was.
 * @param written when the record was, in milliseconds
 */
export async function dateStep(disk: Disk, root: string, step: Step, written: number): Promise<Step> {
  const paths = [step.from, step.to, ...(step.keep === null ? [] : [step.keep])];
  const looks = await Promise.all(paths.map((path) => disk.lookAt(`${root}/${path}`)));
  const timeOf = ({ mtimeMs }: FileStatus) => (mtimeMs > written ? Number.NaN : mtimeMs);
  const moved = looks.find((look) => look?.ino === step.inode);
  const old = looks.find((look) => look !== null && look.ino === step.over);
  return {
    ...step,
    ...(moved ? { mtime: timeOf(moved) } : {}),
    ...(old ? { replaced: { size: old.size, mtime: timeOf(old) } } : {}),
  };
}
