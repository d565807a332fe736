import { isUntouched } from '../operations/untouched.ts';
import type { Disk } from './disk.ts';
import { hashOf } from './hash-of.ts';

/** Whether two regular files hold the same bytes, and neither was touched while they were read. */
export async function areCopies(disk: Disk, one: string, other: string): Promise<boolean> {
  const paths = [one, other];
  const before = await Promise.all(paths.map((path) => disk.lookAt(path)));
  const [first, second] = before;
  if (first?.type !== 'file' || second?.type !== 'file' || first.size !== second.size) return false;
  const [hash, otherHash] = [await hashOf(disk, one), await hashOf(disk, other)];
  const after = await Promise.all(paths.map((path) => disk.lookAt(path)));
  return hash === otherHash && after.every((look, index) => isUntouched(before[index] ?? null, look));
}
