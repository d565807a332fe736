import { join } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import type { VersionFiles } from '../catalog/files-of-versions.ts';
import { ModelValidationError } from '../errors.ts';
import { newOperationId } from '../operations/operation.ts';
import type { BackupFile, BackupManifest } from './backup-manifest.ts';
import type { BackupStore } from './backup-store.ts';

export interface BackupRequest {
  label: string | null;
  reason: string;
  /** What the run is known by. */
  runId?: string;
  /** The SHA-256 on record of a version. */
  checksumOf: (id: string) => string | null;
}

export interface BackedUp {
  manifest: BackupManifest;
  /** Versions that are not what their record says: a backup of them would pass for good. */
  skipped: { id: string; why: string }[];
}

/**
 * Copies versions into a store, hashed on the way.
 * @throws ModelValidationError when none of them is worth keeping; system errors, with no backup made
 */
export async function backUpVersions(
  store: BackupStore,
  root: string,
  versions: readonly VersionFiles[],
  request: BackupRequest,
): Promise<BackedUp> {
  const kept: BackupManifest['versions'] = [];
  const skipped: BackedUp['skipped'] = [];
  // What cannot be removed takes room, and no more.
  await store.sweep().catch(() => undefined);
  for (const { id, files } of versions) {
    const copies = await copyAll(store, root, files);
    const recorded = request.checksumOf(id);
    const actual = copies[0]?.checksum;
    if (recorded === null || recorded === actual) kept.push({ id, files: copies });
    else skipped.push({ id, why: 'its bytes do not match its checksum on record' });
  }
  if (kept.length === 0)
    throw new ModelValidationError(
      `nothing was backed up — ${skipped[0] ? `${escapeName(skipped[0].id)}: ${skipped[0].why}` : 'there are no versions'} — verify the run`,
    );
  const now = new Date();
  const manifest: BackupManifest = {
    format: 1,
    id: newOperationId(now),
    label: request.label,
    reason: request.reason,
    created_at: now.toISOString(),
    run: root,
    run_id: request.runId,
    versions: kept,
    verified_at: now.toISOString(),
    state: 'verified',
  };
  await store.write(manifest);
  return { manifest, skipped };
}

async function copyAll(store: BackupStore, root: string, files: readonly string[]): Promise<BackupFile[]> {
  const copies: BackupFile[] = [];
  for (const path of files) copies.push({ path, ...(await store.put(join(root, path))) });
  return copies;
}
