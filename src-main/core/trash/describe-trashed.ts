import { join, posix } from 'node:path';
import type { JsonObject } from '../../../shared/model/json.ts';
import { nameWithoutEnding } from '../catalog/classify-name.ts';
import { readWholeSidecar } from '../catalog/describe-version.ts';
import { stemOfSet } from '../catalog/layouts/file-sets.ts';
import { keptPath } from '../operations/operation.ts';
import type { TrashedOperation } from './list-trash.ts';

/** A version whose model is in the trash, and the bytes of that; of a folder, or of several files, those of all. */
export interface TrashedVersion {
  id: string;
  bytes: number;
}

/** The versions of an operation whose models are in the trash now. */
export function versionsInTrash(operation: TrashedOperation): TrashedVersion[] {
  const there = new Set(operation.files);
  const sizes = new Map(
    operation.steps.map(({ to, size, keep, replaced }) =>
      keep === null ? [to, size] : [keep, replaced?.size ?? 0],
    ),
  );
  return operation.versions.flatMap((id) => {
    const own = filesInTrash(operation, there, id);
    const bytes = own.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
    return own.length === 0 ? [] : [{ id, bytes }];
  });
}

/** What the trash holds of a version, where its model is there: files, or the folder that moved as one. */
function filesInTrash(
  { id, steps, files, folders = [] }: TrashedOperation,
  there: ReadonlySet<string>,
  version: string,
): string[] {
  const kept = keptPath(id, version);
  const stands = steps.find(({ to, whole }) => whole && kept.startsWith(`${to}/`))?.to ?? kept;
  if (!there.has(stands)) return [];
  const folder = folders.find((each) => version.startsWith(`${each}/`));
  return folder === undefined
    ? partsAmong(files, stands)
    : files.filter((file) => file.startsWith(`${keptPath(id, folder)}/`));
}

/** The files that a version is, its own among them: those beside it that are of one set with it. */
function partsAmong(files: readonly string[], kept: string): string[] {
  const stem = stemOfSet(posix.basename(kept));
  if (stem === null) return [kept];
  return files.filter(
    (file) => posix.dirname(file) === posix.dirname(kept) && stemOfSet(posix.basename(file)) === stem,
  );
}

/**
 * The versions of an operation that the trash holds anything of: not those that it only brought back. One whose model stayed where it
 * was has its sidecar there.
 */
export function versionsHeld({ id, versions, steps, files }: TrashedOperation): string[] {
  const there = new Set(files);
  const moved = new Set(steps.flatMap(({ from, to }) => [from, to]));
  return versions.filter((version) => there.has(keptPath(id, version)) || !moved.has(version));
}

/** The record that went to the trash beside a version; null where there is none that can be read. */
export function recordInTrash(root: string, operation: string, version: string): JsonObject | null {
  return readWholeSidecar(nameWithoutEnding(version), (path) => join(root, keptPath(operation, path)));
}
