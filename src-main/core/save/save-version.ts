import { posix } from 'node:path';
import type { VersionKind } from '../../../shared/model/version.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { modeOfNew } from '../files/file-mode.ts';
import { type Chunks, type StagedFile, stageFile } from '../files/stage-file.ts';
import { whileWanted } from '../files/while-wanted.ts';
import { withSidecar } from '../integrity/remember-sidecar.ts';
import type { Verification } from '../integrity/verification.ts';
import { verifiedOnWriting } from '../integrity/verified-on-writing.ts';
import { assertReplaceable } from '../operations/make-step.ts';
import { makeFolder } from '../operations/run-folders.ts';
import type { Writing } from '../operations/write-run.ts';
import { bytesToSave, type FileRequest } from './bytes-to-save.ts';
import { assertSpace, lookAtContents, warnOfSpace } from './check-save.ts';
import { chooseTarget, type Target } from './choose-target.ts';
import { judgePin } from './pinned-target.ts';
import { type Placed, placeVersion, type Replaced } from './place-version.ts';
import { compress, type OpenSource, openSource } from './read-source.ts';
import { type OpenCompanions, openCompanions, savedCompanion, stageCompanions } from './save-companions.ts';
import { saveInPlace } from './save-in-place.ts';
import type { Saved, SaveRequest } from './save-request.ts';
import { tellUnkept } from './tell-unkept.ts';

/** What the save must know of the run: the highest version number that sidecars tell, and what is on record of a file. */
export interface SaveContext {
  kind: VersionKind;
  highestVersion: number;
  checksumOf: (id: string) => string | null;
  isPinned?: (id: string) => boolean;
  /** Frees so many bytes where that is possible. */
  makeRoom?: (bytes: number) => Promise<void>;
}

/** A version that is stored; the rest as in {@link Placed}. */
export interface Stored extends Pick<Placed, 'operation'> {
  saved: Saved;
  /** What is known of its files as they were hashed on the way; nothing where somebody wrote to them since. */
  verified: Verification[];
}

/**
 * Stores bytes as a version: staged, hashed on the way and on the medium before anything changes; then model, sidecar and
 * backup take their names together, or none does. Where `atomic_saves` is off, the bytes are written in place; but not where
 * that would empty the very file they come from, nor where other files are saved with them, or go.
 * @throws ModelManagerError, or the signal's reason, with everything as it was
 */
export async function saveVersion(
  writing: Writing,
  request: FileRequest,
  context: SaveContext,
): Promise<Stored> {
  const { config, disk, root } = writing;
  const { kind, highestVersion, checksumOf, isPinned = () => false, makeRoom } = context;
  const target = await chooseTarget(writing, request, kind, highestVersion);
  await makeFolder(disk, root, target.folder);
  const old = await disk.lookAt(`${root}/${target.id}`);
  assertReplaceable(old, target.id);
  const pin = await judgePin(writing, target, old, isPinned);
  const source = await openSource(bytesToSave(root, request, target));
  const companions = await openCompanions(writing, target, request.companions).catch(
    async (error: unknown) => {
      await source.close();
      throw error;
    },
  );
  try {
    await assertSpace(writing, (source.size ?? 0) + companions.size, makeRoom);
    const isAlone = companions.all.length + companions.going.length === 0;
    const atomic = config.atomic_saves || target.older !== null || !isAlone || isSame(source.file, old);
    // Given up half way, what is written over and kept nowhere would be torn.
    const signal = atomic || old === null || config.backup_before_overwrite ? request.signal : undefined;
    const wanted = whileWanted(source.chunks, signal);
    const chunks = config.compression === 'gzip' ? compress(wanted) : wanted;
    const mode = await chooseMode(writing, target, source, old);
    const before = { old, recorded: checksumOf(target.id), mode, stays: pin.stays };
    const { model, look, warnings, operation, ...rest } = await (atomic
      ? saveAtomically(writing, request, target, chunks, before, companions)
      : saveInPlace(writing, request, target, chunks, before));
    const { checksum, size } = model;
    warnings.push(...tellUnkept(config, request, target.id));
    warnings.push(...pin.warnings, ...(await warnOfSpace(writing, size)));
    const what = { id: target.id, kind, version: target.version, checksum, size, ...rest };
    const saved = { ...what, pruned: [], pruning: null, emptied: [], warnings };
    const verified = verifiedOnWriting(root, saved, look).map((each) => withSidecar(root, each));
    return { saved, verified, operation };
  } finally {
    await source.close();
    await companions.close();
  }
}

async function saveAtomically(
  writing: Writing,
  request: SaveRequest,
  target: Target,
  chunks: Chunks,
  replaced: Replaced,
  opened: OpenCompanions,
): Promise<Placed> {
  const { config, disk, root } = writing;
  const staged: StagedFile[] = [];
  try {
    const folder = target.folder === '' ? root : `${root}/${target.folder}`;
    const model = await stageFile(disk, folder, posix.basename(target.id), chunks, replaced.mode);
    staged.push(model);
    const look = await disk.lookAt(model.path);
    const { warnings, ...seen } = await lookAtContents(writing, model.path, target.id);
    const companions = await stageCompanions(writing, opened, request, staged);
    request.signal?.throwIfAborted();
    const parts = { model, companions, going: opened.going };
    const placed = await placeVersion(writing, request, target, parts, staged, replaced);
    const told = { companions: companions.map(savedCompanion), warnings: [...warnings, ...placed.warnings] };
    return { ...placed, ...seen, ...told, model, look };
  } catch (error) {
    if (config.cleanup_temp_on_exit)
      for (const { path } of staged) await disk.unlink(path).catch(() => undefined);
    throw error;
  }
}

async function chooseMode(
  { disk, root }: Writing,
  { older }: Target,
  { file }: OpenSource,
  old: FileStatus | null,
): Promise<number> {
  const replaced = old ?? (older === null ? null : await disk.lookAt(`${root}/${older}`));
  return modeOfNew(file?.mode ?? null, replaced?.mode ?? null);
}

function isSame(source: OpenSource['file'], old: FileStatus | null): boolean {
  return source !== null && source.ino === old?.ino && source.dev === old.dev;
}
