import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { type Group, idOf } from '../catalog/group-names.ts';
import { groupsIn, listRun } from '../catalog/list-run.ts';
import type { Disk } from '../files/disk.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { hashOf } from '../files/hash-of.ts';
import type { BackupFile } from './backup-manifest.ts';
import type { BackedUpVersion, BackupSource, ListedBackup } from './backup-source.ts';

/** What the backup of all files that were kept before overwriting is known by; no id that is given has no digit. */
export const overwrittenId = 'before-overwrite';

/**
 * The reference's backups of a run as one that can be restored: each `NAME.backup` holds the bytes that NAME had before it was last
 * overwritten, and nothing on record says what they were. Null where there is none.
 * @throws system errors when the run folder is gone
 */
export async function findOverwritten(
  disk: Disk,
  root: string,
  config: StorageConfig,
): Promise<ListedBackup | null> {
  const source = new OverwrittenFiles(disk, root, config.backup_suffix);
  const ids = await overwrittenIn(root, config);
  const looked = await fewAtATime(ids, async (id) => ({
    id,
    look: await disk.lookAt(source.pathOf({ path: id })),
  }));
  const files = looked.flatMap(({ id, look }) => (look?.type === 'file' ? [{ id, look }] : []));
  if (files.length === 0) return null;
  const newest = Math.max(...files.map(({ look }) => look.mtimeMs));
  const manifest = {
    format: 1 as const,
    id: overwrittenId,
    label: 'Kept before overwriting',
    reason: `${config.backup_suffix} files: each holds a version as it was before it was last overwritten`,
    created_at: new Date(newest).toISOString(),
    run: root,
    versions: files.map(({ id, look }) => ({ id, files: [{ path: id, checksum: '', size: look.size }] })),
    verified_at: null,
    state: 'unrecorded' as const,
  };
  return { manifest, store: source };
}

/** The ids of what was overwritten. Names are listed aside, and those of nothing else are not looked into: there may be a hundred thousand. */
async function overwrittenIn(root: string, config: StorageConfig): Promise<string[]> {
  const ids: string[] = [];
  for await (const listed of listRun(root, config).foldersAside) {
    const names = listed.names.filter((name) => name.endsWith(config.backup_suffix));
    for (const group of groupsIn({ ...listed, names }, config))
      ids.push(...idsIn(group, config.backup_suffix));
  }
  return ids;
}

function idsIn({ folder, files }: Group, suffix: string): string[] {
  return files.backup.map((name) => idOf(folder, name.slice(0, -suffix.length)));
}

/** Files beside the versions that they are backups of. */
class OverwrittenFiles implements BackupSource {
  readonly disk: Disk;
  readonly folder: string;
  readonly #suffix: string;

  constructor(disk: Disk, root: string, suffix: string) {
    this.disk = disk;
    this.folder = root;
    this.#suffix = suffix;
  }

  pathOf({ path }: Pick<BackupFile, 'path'>): string {
    return `${this.folder}/${path}${this.#suffix}`;
  }

  async holds(file: BackupFile): Promise<boolean> {
    const look = await this.disk.lookAt(this.pathOf(file));
    return look?.type === 'file' && look.size === file.size;
  }

  withChecksums(versions: readonly BackedUpVersion[], signal?: AbortSignal): Promise<BackedUpVersion[]> {
    return fewAtATime(versions, async (version) => ({
      ...version,
      files: await fewAtATime(version.files, async (file) => ({
        ...file,
        checksum: await hashOf(this.disk, this.pathOf(file), { signal }),
      })),
    }));
  }
}
