import type { Limits } from '../config/settings.ts';
import { type BackupManifest, filesOf } from './backup-manifest.ts';

/**
 * The backups of a store that its limits would have go, the oldest first: those that are too old, or all where the store holds
 * too much. The newest never goes.
 * @param backups in any order
 * @param now milliseconds
 */
export function beyondLimits(
  backups: readonly BackupManifest[],
  { age, bytes }: Limits,
  now: number,
): BackupManifest[] {
  const oldestFirst = backups.toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1));
  const tooMuch = bytes !== null && bytesHeld(backups) > bytes;
  const isTooOld = ({ created_at }: BackupManifest) => age !== null && now - Date.parse(created_at) > age;
  return oldestFirst.slice(0, -1).filter((backup) => tooMuch || isTooOld(backup));
}

/** Bytes that backups share count once. */
function bytesHeld(backups: readonly BackupManifest[]): number {
  const objects = new Map(backups.flatMap(filesOf).map(({ checksum, size }) => [checksum, size]));
  return [...objects.values()].reduce((sum, size) => sum + size, 0);
}
