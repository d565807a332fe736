import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import type { RunFolder } from '../catalog/list-names.ts';
import { countOf } from '../catalog/read-version-folder.ts';
import { foldersHolding, mayBeVersion, parentOf } from '../catalog/version-folders.ts';
import { formatTimestamp } from '../config/format-python.ts';
import { whyNoName } from '../config/why-no-name.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import { checksumListName, readChecksumList } from '../integrity/checksum-list.ts';
import { listedBelow } from '../integrity/manifest.ts';
import { isRunPath } from '../operations/run-path.ts';
import type { Writing } from '../operations/write-run.ts';
import { bestName, folderFor } from './choose-target.ts';
import { nextVersion } from './next-version.ts';
import type { FolderSource, SaveRequest } from './save-request.ts';
import type { SaveContext } from './save-version.ts';

/** Where a folder goes: `path` of it in the run, `parent` in which it stands, the number it takes. */
export interface FolderTarget {
  path: string;
  parent: RunFolder;
  version: number | null;
  at: Date;
}

/**
 * A best model gets the next number, as a file does; a checkpoint keeps its name, with the time after it where that was given before: files of
 * two saves in one folder would be neither.
 * @param own the name that its framework knows it by
 * @throws UsageError for a name that is none of a version, or of a file in one
 */
export async function chooseFolder(
  writing: Writing,
  { source, name, reward }: Pick<SaveRequest, 'name' | 'reward'> & { source: FolderSource },
  { kind, highestVersion }: Pick<SaveContext, 'kind' | 'highestVersion'>,
  own: string,
): Promise<FolderTarget> {
  const { config, disk, root } = writing;
  assertNames([source.folder, own, ...(name === undefined ? [] : [name])]);
  assertFiles(source.files.map((file) => file.name));
  const at = new Date();
  const best = kind === 'best';
  const version = best ? await nextVersion(disk, root, config, highestVersion) : countOf(own);
  const usual = best && version !== null ? bestName(writing, version, reward, at) : nameLike(source.folder);
  const folder = folderFor(kind, config);
  const path = await freePath(writing, folder === '' ? '' : `${folder}/`, name ?? usual, at);
  const parent = parentOf(path, config);
  if (parent && isRunPath(path)) return { path, parent, version, at };
  throw new UsageError(
    `“${escapeName(posix.basename(path))}” cannot be the name of a version — the names of folders that are versions end with a number, or are words such as last_model — name it so`,
  );
}

/** @throws UsageError */
function assertNames(names: readonly string[]): void {
  for (const name of names) {
    const reason = whyNoName(name);
    if (reason !== null)
      throw new UsageError(
        `“${escapeName(name)}” cannot be the name of a version — ${reason} — such as checkpoint-7`,
      );
  }
}

/** @throws UsageError for what cannot be all there in one folder */
function assertFiles(names: readonly string[]): void {
  const folders = foldersHolding(names);
  const seen = new Set<string>();
  for (const name of names) {
    const reason = whyNoFile(name, folders, seen);
    if (reason !== null)
      throw new UsageError(
        `“${escapeName(name)}” cannot be a file of the folder that is saved — ${reason} — leave it out, or name it otherwise`,
      );
    seen.add(name);
  }
}

function whyNoFile(name: string, folders: ReadonlySet<string>, seen: ReadonlySet<string>): string | null {
  if (!isRunPath(name)) return 'it must be a path below that folder';
  if (name.split('/').some((part) => Buffer.byteLength(part) > 255))
    return 'a name in it is longer than 255 bytes';
  if (folders.has(name)) return 'it is a folder too';
  return seen.has(name) ? 'it is named twice' : null;
}

/** The name that it had, or one like it where folders that are versions have no such names. */
function nameLike(name: string): string {
  if (mayBeVersion(name)) return name;
  const plain = name.replaceAll('.', '_');
  return mayBeVersion(plain) ? plain : `model_${plain}`;
}

/** @throws ModelManagerError where there is none */
async function freePath(
  { config, disk, root }: Writing,
  prefix: string,
  name: string,
  at: Date,
): Promise<string> {
  const { checksums } = readChecksumList(posix.join(root, checksumListName));
  const paths = [name, withTime(name, formatTimestamp(config.timestamp_format, at))].map(
    (each) => prefix + each,
  );
  for (const path of paths)
    if (!(await disk.lookAt(`${root}/${path}`)) && listedBelow(checksums, path).length === 0) return path;
  throw new ModelManagerError(
    `${escapeName(prefix + name)} is not saved — a folder of that name is there, and one with this time — try again`,
    { path: prefix + name },
  );
}

/** Before the ending of a name that has the one that names of folders may have: else it is none of a version any more. */
function withTime(name: string, time: string): string {
  const [, stem, ending] = /^(.+)(\.ckpt)$/s.exec(name) ?? [name, name, ''];
  return `${stem}_${time}${ending}`;
}
