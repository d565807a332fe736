import { posix } from 'node:path';
import type { VersionKind } from '../../../shared/model/version.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { formatTimestamp, formatVersion } from '../config/format-python.ts';
import { ModelManagerError } from '../errors.ts';
import { type StagedFile, stageCopy, stageFile } from '../files/stage-file.ts';
import { formatCount } from '../formats/plain-text.ts';
import { commitOperation } from '../operations/commit-operation.ts';
import { discardKept } from '../operations/discard-kept.ts';
import { placeStep } from '../operations/make-step.ts';
import type { Step } from '../operations/operation.ts';
import { makeFolder } from '../operations/run-folders.ts';
import { complete, type OperationDraft, type Writing } from '../operations/write-run.ts';
import { sidecarText } from './build-sidecar.ts';
import { nextVersion } from './next-version.ts';
import { compress, openSource } from './read-source.ts';
import { assertSaveName, type Saved, type SaveRequest } from './save-request.ts';

/** What the save must know of the run: the highest version number that sidecars tell, and what is on record of a file. */
export interface SaveContext {
  kind: VersionKind;
  highestVersion: number;
  checksumOf: (id: string) => string | null;
}

/** Bytes that stay free beside what is saved: sidecar, intent, log. */
const margin = 1 << 20;

interface Target {
  id: string;
  version: number | null;
  folder: string;
  at: Date;
}

/**
 * Stores bytes as a version: staged, hashed on the way and on the medium before anything changes; then model, sidecar and
 * backup take their names together, or none does.
 * @throws ModelManagerError with everything as it was
 */
export async function saveVersion(
  writing: Writing,
  request: SaveRequest,
  context: SaveContext,
): Promise<Saved> {
  const target = await chooseTarget(writing, request, context);
  const { disk, root } = writing;
  await makeFolder(disk, root, target.folder);
  const staged: StagedFile[] = [];
  try {
    const model = await stageModel(writing, request, target);
    staged.push(model);
    const warnings = await place(writing, request, context, target, model, staged);
    return {
      id: target.id,
      kind: context.kind,
      version: target.version,
      checksum: model.checksum,
      size: model.size,
      pruned: [],
      warnings,
    };
  } catch (error) {
    if (writing.config.cleanup_temp_on_exit)
      for (const { path } of staged) await disk.unlink(path).catch(() => undefined);
    throw error;
  }
}

async function chooseTarget(writing: Writing, request: SaveRequest, context: SaveContext): Promise<Target> {
  const { config, disk, root } = writing;
  const at = new Date();
  const best = context.kind === 'best';
  const version = best ? await nextVersion(disk, root, config, context.highestVersion) : null;
  const folder = posix.normalize(best ? config.best_models_dir : config.checkpoint_dir).replace(/\/$/, '');
  const plain =
    request.name ??
    (version === null ? config.checkpoint_name : bestName(writing, version, request.reward, at));
  const name = config.compression === 'gzip' && !plain.endsWith('.gz') ? `${plain}.gz` : plain;
  assertSaveName(name, config);
  return {
    id: folder === '.' ? name : `${folder}/${name}`,
    version,
    folder: folder === '.' ? '' : folder,
    at,
  };
}

/** `{prefix}_{version}_reward{reward:.4f}_{timestamp}.pt`, a minus written as `n`. Source: the reference. */
function bestName({ config }: Writing, version: number, reward: number, at: Date): string {
  const size = Math.abs(reward);
  const digits = Number.isNaN(reward) ? 'nan' : Number.isFinite(reward) ? size.toFixed(4) : 'inf';
  const text = `${reward < 0 ? 'n' : ''}${digits}`;
  const time = formatTimestamp(config.timestamp_format, at);
  return `${config.model_prefix}_${formatVersion(config.version_format, version)}_reward${text}_${time}.pt`;
}

async function stageModel(
  writing: Writing,
  request: SaveRequest,
  { id, folder }: Target,
): Promise<StagedFile> {
  const { config, disk, root } = writing;
  const source = await openSource(request.source);
  try {
    await assertSpace(writing, source.size ?? 0);
    const chunks = config.compression === 'gzip' ? compress(source.chunks) : source.chunks;
    return await stageFile(disk, folder === '' ? root : `${root}/${folder}`, posix.basename(id), chunks);
  } finally {
    await source.close();
  }
}

/** A courtesy: the disk may still fill up while it is written to. */
async function assertSpace({ disk, root }: Writing, size: number): Promise<void> {
  const free = await disk.freeSpace(root);
  if (free >= size + margin) return;
  throw new ModelManagerError(
    `no space for this save — it needs ${formatCount(size + margin)} bytes, ${formatCount(free)} are free — empty the trash, or free some`,
    { path: root },
  );
}

/** Gives the staged files their names. @returns what is worth saying */
async function place(
  writing: Writing,
  request: SaveRequest,
  context: SaveContext,
  target: Target,
  model: StagedFile,
  staged: StagedFile[],
): Promise<string[]> {
  const { config, disk, root } = writing;
  const draft = writing.newOperation('save', `save ${target.id}`, true);
  const old = await disk.lookAt(`${root}/${target.id}`);
  const warnings: string[] = [];
  const steps: Step[] = [];
  if (old && config.backup_before_overwrite)
    steps.push(...(await stageBackup(writing, context, target, draft, staged, warnings)));
  steps.push(await placeStep(disk, root, relative(root, model.path), target.id, draft.id));
  if (config.save_metadata) {
    const sidecar = await stageSidecar(writing, request, target, model);
    staged.push(sidecar);
    steps.push(await placeStep(disk, root, relative(root, sidecar.path), sidecarOf(target.id), draft.id));
  }
  assertUntouched(old, await disk.lookAt(`${root}/${target.id}`), target.id);
  const kept = steps.some(({ keep }) => keep !== null);
  const operation = complete(draft, steps, [target.id], old?.size ?? 0);
  const { durable } = await commitOperation(disk, root, operation);
  if (!durable) warnings.push('this file system does not confirm that names outlive a power cut');
  if (kept && !config.backup_before_overwrite) await discardKept(disk, root, draft.id).catch(() => undefined);
  if (await isNearlyFull(writing, model.size))
    warnings.push('the disk is nearly full: there is no room for two more saves of this size');
  return warnings;
}

function stageSidecar(
  { disk, root }: Writing,
  request: SaveRequest,
  target: Target,
  model: StagedFile,
): Promise<StagedFile> {
  const text = sidecarText(root, request, { ...target, ...model });
  return stageFile(disk, posix.dirname(model.path), 'sidecar.json', [Buffer.from(text)]);
}

/** The save is done: a disk that does not answer must not make it a failure. */
async function isNearlyFull({ disk, root }: Writing, size: number): Promise<boolean> {
  const free = await disk.freeSpace(root).catch(() => Number.POSITIVE_INFINITY);
  return free < 2 * size;
}

/** The reference's `.backup`: a copy of what is about to be replaced; older generations wait in the trash. */
async function stageBackup(
  writing: Writing,
  context: SaveContext,
  target: Target,
  draft: OperationDraft,
  staged: StagedFile[],
  warnings: string[],
): Promise<Step[]> {
  const { config, disk, root } = writing;
  const folder = posix.dirname(`${root}/${target.id}`);
  const copy = await stageCopy(disk, `${root}/${target.id}`, folder, 'backup');
  staged.push(copy);
  const recorded = context.checksumOf(target.id);
  if (recorded !== null && recorded !== copy.checksum) {
    await disk.unlink(copy.path);
    warnings.push(
      `the file that was replaced no longer matched its checksum: it is in the trash, and ${escapeName(target.id)}${config.backup_suffix} stays as it was`,
    );
    return [];
  }
  return [
    await placeStep(disk, root, relative(root, copy.path), `${target.id}${config.backup_suffix}`, draft.id),
  ];
}

type Look = Awaited<ReturnType<Writing['disk']['lookAt']>>;

/** Trainers take no lock: one that saved while this save was staged must not be overwritten. */
function assertUntouched(before: Look, now: Look, id: string): void {
  const same = before?.ino === now?.ino && before?.mtimeMs === now?.mtimeMs && before?.size === now?.size;
  if (same) return;
  throw new ModelManagerError(
    `${escapeName(id)} changed on disk — another program saved it meanwhile, and it is not overwritten — look at the run and save again`,
    { path: id },
  );
}

/** The sidecar's name: that of the model with `.json` for its ending. */
function sidecarOf(id: string): string {
  return id.replace(/\.[^./]+(?:\.gz)?$/, '.json');
}

function relative(root: string, path: string): string {
  return path.slice(root.length + 1);
}
