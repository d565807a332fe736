import type { FileStatus } from '../files/file-identity.ts';
import type { BackupFile } from './backup-manifest.ts';
import type { BackedUpVersion } from './backup-source.ts';

/** A file that a restore creates or replaces; `from` and `to` are the checksums of what stands there now and then. */
interface RestoredFile {
  id: string;
  action: 'create' | 'replace';
  from: string | null;
  to: string;
}

/**
 * What restoring does to a version; `from` and `to` are the checksums of its model now and then. `files`: what else of it is created or
 * replaced. `left`: files that all models of the run share, and that are otherwise by now, which stay as they are for the others; `removed`: files that go to the
 * trash and get nothing in their place. Where there is none these are not there.
 */
export interface RestoreChange {
  id: string;
  action: 'create' | 'replace' | 'same';
  from: string | null;
  to: string;
  files: RestoredFile[];
  left?: string[];
  removed?: string[];
}

/** A file of a backup, what stands in its place, and the checksum of that. One that `stays` is there, and other models need it as it is. */
export interface FileChange {
  file: BackupFile;
  look: FileStatus | null;
  current: string | null;
  stays: boolean;
}

/** Whether nothing of a version changes. */
export function isSame(changes: readonly FileChange[]): boolean {
  return !changes.some(isReplaced);
}

/** Whether other bytes stand where its model goes. */
export function isModelReplaced([model]: readonly FileChange[] = []): boolean {
  return model !== undefined && model.current !== null && model.current !== model.file.checksum;
}

/** What is created or replaced of all these versions. */
export function differing(compared: readonly FileChange[][]): FileChange[] {
  return compared.flat().filter(isReplaced);
}

function isReplaced(change: FileChange): boolean {
  return !change.stays && differs(change);
}

function differs({ file, current }: FileChange): boolean {
  return file.checksum !== current;
}

/** What is told of a version. */
export function changeOf({ id }: BackedUpVersion, changes: readonly FileChange[]): RestoreChange {
  const [model] = changes;
  const action = isSame(changes) ? 'same' : model?.current == null ? 'create' : 'replace';
  const left = changes.filter((each) => each.stays && differs(each)).map(({ file }) => file.path);
  const files = changes.filter((each) => each !== model && isReplaced(each)).map(restoredFile);
  const told = { id, action, from: model?.current ?? null, to: model?.file.checksum ?? '', files } as const;
  return left.length === 0 ? told : { ...told, left };
}

function restoredFile({ file, look, current }: FileChange): RestoredFile {
  return { id: file.path, action: look === null ? 'create' : 'replace', from: current, to: file.checksum };
}
