import { join } from 'node:path';
import type { JsonObject } from '../../../shared/model/json.ts';
import { nameWithoutEnding } from '../catalog/classify-name.ts';
import { readWholeSidecar } from '../catalog/describe-version.ts';
import { keptPath } from '../operations/operation.ts';
import type { TrashedOperation } from './list-trash.ts';

/** A version whose model is in the trash, and the bytes of that; of a folder those of all its files. */
export interface TrashedVersion {
  id: string;
  bytes: number;
}

/** The versions of an operation whose models are in the trash now. */
export function versionsInTrash({
  id,
  versions,
  steps,
  files,
  folders = [],
}: TrashedOperation): TrashedVersion[] {
  const there = new Set(files);
  const sizes = new Map(
    steps.map(({ to, size, keep, replaced }) => (keep === null ? [to, size] : [keep, replaced?.size ?? 0])),
  );
  return versions.flatMap((version) => {
    const kept = keptPath(id, version);
    if (!there.has(kept)) return [];
    const folder = folders.find((each) => version.startsWith(`${each}/`));
    const own =
      folder === undefined ? [kept] : files.filter((file) => file.startsWith(`${keptPath(id, folder)}/`));
    return [{ id: version, bytes: own.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0) }];
  });
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
