import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { inPlace } from '../catalog/identity-of-folder.ts';
import type { FolderVersion } from '../catalog/layouts/layout.ts';
import { nameBeforeSave, recordOfFolder } from '../catalog/layouts/saved-folders.ts';
import { asVersion, foldersHolding } from '../catalog/version-folders.ts';
import { ModelManagerError, ModelValidationError } from '../errors.ts';
import { lookAt } from '../files/file-identity.ts';
import { modeOfNew } from '../files/file-mode.ts';
import { type StagedFile, stageFile } from '../files/stage-file.ts';
import { whileWanted } from '../files/while-wanted.ts';
import { linesFor } from '../integrity/listed-lines.ts';
import { manifestChecksum } from '../integrity/manifest.ts';
import { verifiedFolderOnWriting } from '../integrity/verified-on-writing.ts';
import { linesAt } from '../operations/change-list.ts';
import { commitOperation } from '../operations/commit-operation.ts';
import { moveStep } from '../operations/make-step.ts';
import { namesOf } from '../operations/operation.ts';
import { makeFolder } from '../operations/run-folders.ts';
import { complete, type Writing } from '../operations/write-run.ts';
import { sidecarText } from './build-sidecar.ts';
import { assertSpace, lookAtFolder, type SeenContents, warnOfSpace } from './check-save.ts';
import { chooseFolder, type FolderTarget } from './choose-folder.ts';
import { tellCommitted } from './place-version.ts';
import { openSource } from './read-source.ts';
import type { FolderSource, Saved, SaveRequest } from './save-request.ts';
import type { SaveContext, Stored } from './save-version.ts';
import { inRun } from './stage-backup.ts';

/** A save of what stays a folder. */
interface FolderRequest extends SaveRequest {
  source: FolderSource;
}

type SourceFile = FolderSource['files'][number];

/** A file of the folder that waits for its name; `name` is its path there. */
interface StagedPart extends StagedFile {
  name: string;
  mtimeMs: number;
}

/**
 * Stores a folder as a version, under a name that none had before: each file staged and hashed on the way, with a record of what is known of
 * the version; then all of them take their names together, or none does. They keep their form, and the record is among them, whatever
 * `compression`, `atomic_saves` and `save_metadata` say.
 * @throws ModelValidationError for what no framework takes for a checkpoint; ModelManagerError, or the signal's reason, with everything as it was
 */
export async function saveFolder(
  writing: Writing,
  request: FolderRequest,
  context: SaveContext,
): Promise<Stored> {
  const { config, disk, root } = writing;
  const own = nameBeforeSave(request.source.files.map(({ name }) => name)) ?? request.source.folder;
  const record = recordOfFolder(own);
  const files = request.source.files.filter(({ name }) => name !== record);
  const target = await chooseFolder(writing, request, context, own);
  const version = recognise(target, [...files.map(({ name }) => name), record]);
  const id = `${target.path}/${version.main}`;
  await makeFolder(disk, root, target.parent.path);
  await assertSpace(writing, sizeOf(files), context.makeRoom);
  const staged: StagedPart[] = [];
  try {
    for (const file of files) await stageOne(writing, target, file, staged, request.signal);
    assertStill(request.source);
    const text = Buffer.from(sidecarText(root, request, { ...target, id }));
    await stageOne(writing, target, { name: record, bytes: { chunks: [text], size: text.length } }, staged);
    const claimed = staged.map(({ name, path }) => ({ name, path, expected: null }));
    const { main, missing } = version;
    const seen = await lookAtFolder(writing, { path: root, main, missing, files: claimed }, id);
    request.signal?.throwIfAborted();
    const warnings = await placeFolder(writing, target, id, staged);
    const stored = storedAs(writing, { ...target, kind: context.kind, id }, staged, seen);
    stored.saved.warnings.push(...warnings, ...(await warnOfSpace(writing, stored.saved.size)));
    return stored;
  } catch (error) {
    if (config.cleanup_temp_on_exit)
      for (const { path } of staged) await disk.unlink(path).catch(() => undefined);
    throw error;
  }
}

/** @throws ModelValidationError */
function recognise({ parent, path }: FolderTarget, names: readonly string[]): FolderVersion {
  const folders = [...foldersHolding(names)].flatMap((folder) => (folder === '' ? [] : [`${folder}/`]));
  const version = asVersion(parent, path, new Set([...names, ...folders]))?.folder.version;
  if (version) return version;
  throw new ModelValidationError(
    `${escapeName(posix.basename(path))} is not saved — no framework that is known here, or chosen for this run, keeps a checkpoint so — copy it where you need it`,
    { path },
  );
}

function sizeOf(files: readonly SourceFile[]): number {
  return files.reduce((sum, { bytes }) => sum + (sizeOfBytes(bytes) ?? 0), 0);
}

function sizeOfBytes(bytes: SourceFile['bytes']): number | null | undefined {
  return 'path' in bytes ? lookAt(bytes.path)?.size : bytes.size;
}

/** Beside the folder: nothing in it is of a version before all of it is. @param staged gets what is to be removed when the save fails */
async function stageOne(
  { disk, root }: Writing,
  { parent }: FolderTarget,
  { name, bytes }: SourceFile,
  staged: StagedPart[],
  signal?: AbortSignal,
): Promise<void> {
  const source = await openSource(bytes);
  try {
    const folder = parent.path === '' ? root : `${root}/${parent.path}`;
    const mode = modeOfNew(source.file?.mode ?? null, null);
    const chunks = whileWanted(source.chunks, signal);
    const file = await stageFile(disk, folder, posix.basename(name), chunks, mode);
    const part = { ...file, name, mtimeMs: Number.NaN };
    staged.push(part);
    part.mtimeMs = (await disk.lookAt(file.path))?.mtimeMs ?? Number.NaN;
  } finally {
    await source.close();
  }
}

/** @throws ModelManagerError where what is staged is not all of it any more */
function assertStill({ folder, isStill }: FolderSource): void {
  if (isStill?.() !== false) return;
  throw new ModelManagerError(
    `${escapeName(folder)} changed while it was saved — it is still being written — save it once it is whole`,
    { path: folder },
  );
}

/** @returns what is worth saying */
async function placeFolder(
  writing: Writing,
  { path }: FolderTarget,
  id: string,
  staged: readonly StagedPart[],
): Promise<string[]> {
  const { disk, root } = writing;
  const draft = writing.newOperation('save', `save ${path}`, true);
  const steps = await Promise.all(
    staged.map((part) => moveStep(disk, root, inRun(root, part.path), `${path}/${part.name}`)),
  );
  const seals = staged.map(({ name, checksum }) => ({ id: `${path}/${name}`, checksum }));
  const unlisted = await linesAt(disk, root, namesOf(steps));
  const further = { folders: [path], unlisted, listed: linesFor(seals) };
  const operation = complete(draft, steps, [id], 0, further);
  return tellCommitted(operation, await commitOperation(disk, root, operation));
}

function storedAs(
  { config, root }: Writing,
  { id, kind, version, path }: Pick<Saved, 'id' | 'kind' | 'version'> & { path: string },
  staged: readonly StagedPart[],
  { torn, unrecognised, warnings }: SeenContents,
): Stored {
  const all = staged.map(({ name, checksum, size }) => ({ id: `${path}/${name}`, checksum, size }));
  const size = all.reduce((sum, each) => sum + each.size, 0);
  const checksum = manifestChecksum(staged);
  const companions = all.filter((each) => each.id !== id);
  const stored = { id, kind, version, checksum, size, companions, torn, unrecognised, replaced: null };
  const saved: Saved = { ...stored, pruned: [], pruning: null, emptied: [], warnings: [...warnings] };
  const mtimeMs = Math.max(...staged.map((part) => part.mtimeMs));
  const verified = verifiedFolderOnWriting(inPlace(root, config), saved, { size, mtimeMs });
  return { saved, verified, operation: null };
}
