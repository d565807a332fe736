import type { Limits } from '../config/settings.ts';
import { type BackupManifest, compareAge, filesOf } from './backup-manifest.ts';

/**
 * The backups of a store that its limits would have go, the oldest first: those that are too old, or all where the store holds
 * too much. The newest never goes, and neither does the one that was just made.
 * @param backups in any order
 * @param now milliseconds
 * @param made the id of the one that was just made
 */
export function beyondLimits(
  backups: readonly BackupManifest[],
  { age, bytes }: Limits,
  now: number,
  made: string,
): BackupManifest[] {
  const oldestFirst = backups.toSorted(compareAge);
  const tooMuch = bytes !== null && bytesHeld(backups) > bytes;
  const isTooOld = ({ created_at }: BackupManifest) => age !== null && now - Date.parse(created_at) > age;
  return oldestFirst.slice(0, -1).filter((backup) => backup.id !== made && (tooMuch || isTooOld(backup)));
}

/** Bytes that backups share count once. */
function bytesHeld(backups: readonly BackupManifest[]): number {
  const objects = new Map(backups.flatMap(filesOf).map(({ checksum, size }) => [checksum, size]));
  return [...objects.values()].reduce((sum, size) => sum + size, 0);
}
