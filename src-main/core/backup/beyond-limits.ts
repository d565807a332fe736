import type { Limits } from '../config/settings.ts';
import { type BackupManifest, compareAge, filesOf } from './backup-manifest.ts';

/** Where it is remembered, beside a run's own store, for how long its backups were surely there. */
export const agesFile = 'backup-ages.json';

/**
 * The backups of a store that its limits would have go, the oldest first: those that are too old, or all where the store holds
 * too much. The newest never goes, and neither does the one that was just made.
 * @param backups in any order
 * @param ages for how long each was surely there, in milliseconds by id: set forward, the time of day would have all go at once
 * @param made the id of the one that was just made
 */
export function beyondLimits(
  backups: readonly BackupManifest[],
  { age, bytes }: Limits,
  ages: ReadonlyMap<string, number>,
  made: string,
): BackupManifest[] {
  const oldestFirst = backups.toSorted(compareAge);
  const tooMuch = bytes !== null && bytesHeld(backups) > bytes;
  const isTooOld = ({ id }: BackupManifest) => age !== null && (ages.get(id) ?? 0) > age;
  return oldestFirst.slice(0, -1).filter((backup) => backup.id !== made && (tooMuch || isTooOld(backup)));
}

/** Bytes that backups share count once. */
function bytesHeld(backups: readonly BackupManifest[]): number {
  const objects = new Map(backups.flatMap(filesOf).map(({ checksum, size }) => [checksum, size]));
  return [...objects.values()].reduce((sum, size) => sum + size, 0);
}
