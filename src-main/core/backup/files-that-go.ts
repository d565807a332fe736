import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import type { VersionFiles } from '../catalog/files-of-versions.ts';
import { companionOf } from '../catalog/layouts/known-layouts.ts';
import { isOneFile } from '../catalog/sets-in-folders.ts';
import { UsageError } from '../errors.ts';
import { findSharingIn, isSameModel, type NamedRun, type Sharing, sidecarOf } from '../save/find-older.ts';
import type { BackedUpVersion } from './backup-source.ts';
import type { RestorePlan } from './restore-backup.ts';
import { type FileChange, isModelReplaced, isSame, type RestoreChange } from './restore-changes.ts';

/** What goes to the trash with the restore of a version, and gets nothing in its place. */
export interface Going {
  /** The version that is restored. */
  id: string;
  files: string[];
  /** Other versions among these: the same model in its other form, packed or not. */
  versions: string[];
}

interface RestoredRun extends NamedRun {
  filesOf: (ids: ReadonlySet<string>) => VersionFiles[];
}

/**
 * Nothing that a restore brings shares a sidecar with another model: the same model in its other form goes, as at a save.
 * @throws UsageError where a model of another ending has that sidecar
 */
export async function filesThatGo(
  run: RestoredRun,
  { versions, compared }: Pick<RestorePlan, 'versions' | 'compared'>,
): Promise<Going[]> {
  const restored = new Set(versions.flatMap(({ files }) => files.map(({ path }) => path)));
  const present = run.filesOf(new Set(versions.map(({ id }) => id)));
  const findSharing = findSharingIn(run);
  const going: Going[] = [];
  for (const [index, version] of versions.entries()) {
    const { id } = version;
    const changes = compared[index] ?? [];
    const others = await otherForms(run, findSharing, version, changes);
    const foreign = foreignFiles(
      present.find((each) => each.id === id),
      changes,
    );
    const theirs = run.filesOf(new Set(others.filter((other) => !restored.has(other))));
    const files = [...foreign, ...theirs.flatMap((other) => other.files)].filter(
      (path) => !restored.has(path),
    );
    if (files.length > 0) going.push({ id, files, versions: theirs.map((other) => other.id) });
  }
  return going;
}

/** The changes, each with the files that go with it. */
export function withGoing(changes: readonly RestoreChange[], going: readonly Going[]): RestoreChange[] {
  const filesOf = new Map(going.map(({ id, files }) => [id, files]));
  return changes.map((change) => {
    const removed = filesOf.get(change.id);
    return removed ? { ...change, removed } : change;
  });
}

async function otherForms(
  { config }: NamedRun,
  findSharing: (prefix: string, name: string) => Promise<Sharing>,
  { id, files }: BackedUpVersion,
  changes: readonly FileChange[],
): Promise<string[]> {
  if (!isOneFile(id, config) || !mayShare(changes)) return [];
  const name = posix.basename(id);
  const prefix = id.slice(0, id.length - name.length);
  const { models, sidecars } = await findSharing(prefix, name);
  const sidecar = sidecarOf(name, config);
  const stranger = models.find((other) => !isSameModel(other, name));
  const isSharing = sidecars.length > 0 || files.some(({ path }) => path.endsWith('.json'));
  if (stranger !== undefined && isSharing)
    throw new UsageError(
      `${escapeName(id)} is not restored — ${escapeName(prefix + stranger)} is there, and the two would share one sidecar, ${escapeName(sidecar)} — move that one to the trash first, or restore other versions alone`,
      { path: id },
    );
  return models.filter((other) => isSameModel(other, name)).map((other) => prefix + other);
}

/** Whether a restore gives a model a name that none had, or writes its sidecar. */
function mayShare(changes: readonly FileChange[]): boolean {
  return changes.some(
    ({ file, current }, index) =>
      current !== file.checksum && (index === 0 ? current === null : file.path.endsWith('.json')),
  );
}

/**
 * Sidecars and companions that a model which is replaced has now, and did not have when it was backed up; all such files of a folder that is
 * a version.
 */
function foreignFiles(present: VersionFiles | undefined, changes: readonly FileChange[]): string[] {
  if (present === undefined) return [];
  if (present.folder !== undefined) return isSame(changes) ? [] : present.files;
  return isModelReplaced(changes) ? present.files.filter(describesModel) : [];
}

/** Whether a file says, or is, something of its model alone. */
function describesModel(path: string): boolean {
  return path.endsWith('.json') || companionOf(posix.basename(path)) !== null;
}
