import { escapeName } from '../catalog/escape-name.ts';
import { ModelNotFoundError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import type { BackupFile, BackupManifest } from './backup-manifest.ts';

export type BackedUpVersion = BackupManifest['versions'][number];

/** Where the bytes of a backup are read from. */
export interface BackupSource {
  readonly disk: Disk;
  /** Absolute. */
  readonly folder: string;
  /** Where the bytes of a file are: an absolute path. */
  pathOf(file: BackupFile): string;
  /** Whether a file of that size is there for these bytes; it is not read. */
  holds(file: BackupFile): Promise<boolean>;
  /** The versions with the checksums of their files, which are read where none is on record. @throws the signal's reason */
  withChecksums(versions: readonly BackedUpVersion[], signal?: AbortSignal): Promise<BackedUpVersion[]>;
}

/** What is told of a backup. `unrecorded`: there is no checksum of its files, those of its manifest are empty, and nothing was verified. */
type ListedManifest = Omit<BackupManifest, 'verified_at' | 'state'> & {
  verified_at: string | null;
  state: BackupManifest['state'] | 'unrecorded';
};

/** A backup that can be restored, and where its bytes are. */
export interface ListedBackup {
  manifest: ListedManifest;
  store: BackupSource;
}

/** These versions of a backup; null for all of them. @throws ModelNotFoundError */
export function chosenVersions(
  manifest: ListedBackup['manifest'],
  ids: readonly string[] | null,
): readonly BackedUpVersion[] {
  if (ids === null) return manifest.versions;
  return ids.map((id) => {
    const found = manifest.versions.find((version) => version.id === id);
    if (found) return found;
    throw new ModelNotFoundError(
      `backup ${manifest.id} holds no “${escapeName(id)}” — it was not backed up then — see cairn backups --json`,
    );
  });
}
