import { mkdirSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import type { VersionFiles } from '../catalog/files-of-versions.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { explainError } from '../files/error-code.ts';
import { stageCopy } from '../files/stage-file.ts';
import { syncFolder } from '../operations/run-folders.ts';

export interface Exported {
  to: string;
  files: { id: string; checksum: string }[];
}

/**
 * Writes copies of versions, their sidecars with them, to a folder outside; never over a file that is there.
 * @throws UsageError when a name is taken, ModelManagerError when a copy does not match the checksum on record
 */
export async function exportVersions(
  disk: Disk,
  root: string,
  versions: readonly VersionFiles[],
  folder: string,
  checksumOf: (id: string) => string | null,
): Promise<Exported> {
  const to = makeTarget(folder);
  const copies = versions.flatMap(({ id, files }) =>
    files.filter((file) => !file.endsWith('.backup')).map((file) => ({ id, file, name: basename(file) })),
  );
  await assertFree(
    disk,
    to,
    copies.map(({ name }) => name),
  );
  const exported: Exported['files'] = [];
  for (const { id, file, name } of copies) {
    const staged = await stageCopy(disk, join(root, file), to, name);
    const recorded = file === id ? checksumOf(id) : null;
    if (recorded !== null && recorded !== staged.checksum) {
      await disk.unlink(staged.path);
      const message = `cannot export ${escapeName(id)} — its bytes do not match its checksum — verify it, or restore it from a backup`;
      throw new ModelManagerError(message, { path: id });
    }
    await disk.rename(staged.path, join(to, name));
    if (file === id) exported.push({ id, checksum: staged.checksum });
  }
  await syncFolder(disk, to);
  return { to, files: exported };
}

async function assertFree(disk: Disk, to: string, names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    const taken = names.indexOf(name) !== index || (await disk.lookAt(join(to, name))) !== null;
    if (taken)
      throw new UsageError(
        `cannot export ${escapeName(name)} — a file of that name is in ${escapeName(to)} already — name an empty folder`,
        { path: to },
      );
  }
}

function makeTarget(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    return realpathSync(resolve(folder));
  } catch (cause) {
    throw new UsageError(
      `cannot export to ${escapeName(folder)} — ${explainError(cause)} — name another folder`,
      {
        path: folder,
        cause,
      },
    );
  }
}
