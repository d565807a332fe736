import type { LoggedCommand } from '../../../shared/model/logged-command.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { VersionFiles } from '../catalog/files-of-versions.ts';
import type { Outcome, Writing } from '../operations/write-run.ts';
import type { RunOfStores } from './delete-backups.ts';

/** What backing up needs of the run. */
export interface BackupSubject extends RunOfStores {
  config: StorageConfig;
  /** Changes the run. */
  write<T>(command: LoggedCommand, work: (writing: Writing) => Promise<Outcome<T>>): Promise<T>;
  /** Changes what Cairn knows of it. */
  note<T>(command: LoggedCommand, work: (writing: Writing) => Promise<Outcome<T>>): Promise<T>;
  /** Finishes or undoes what was interrupted. */
  recover(): Promise<void>;
  filesOf: (ids: ReadonlySet<string>) => VersionFiles[];
  withLent: (versions: readonly VersionFiles[]) => Promise<VersionFiles[]>;
  checksumOf: (id: string) => string | null;
  /** What is known to speak against a version; null for nothing. */
  faultOf: (id: string) => string | null;
}
