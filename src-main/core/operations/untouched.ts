import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { FileStatus } from '../files/file-identity.ts';

/** What tells a file from another, and from itself once it was written to. */
export type Seen = Pick<FileStatus, 'ino' | 'size' | 'mtimeMs'>;

/** Trainers take no lock: what one saved while an operation was staged must not be overwritten. @throws ModelManagerError */
export function assertUntouched(before: Seen | null, now: Seen | null, id: string): void {
  if (!isUntouched(before, now)) throw changedOnDisk(id);
}

/** Whether it is the same file, or nothing, as it was. */
export function isUntouched(before: Seen | null, now: Seen | null): boolean {
  return before?.ino === now?.ino && before?.mtimeMs === now?.mtimeMs && before?.size === now?.size;
}

export function changedOnDisk(id: string): ModelManagerError {
  return new ModelManagerError(
    `${escapeName(id)} changed on disk — another program saved it meanwhile, and it is not overwritten — look at the run and try again`,
    { path: id },
  );
}
