import { posix } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { VersionKind } from '../../../shared/model/version.ts';
import { formatTimestamp, formatVersion } from '../config/format-python.ts';
import type { Writing } from '../operations/write-run.ts';
import { findOlder, sidecarOf } from './find-older.ts';
import { nextVersion } from './next-version.ts';
import { assertSaveName, type SaveRequest } from './save-request.ts';

/**
 * Where a save goes: `id` of the version, its sidecar, `folder` of the run ('' for the run itself), the number it takes; `older`
 * is the id of the same version in the form that `compression` asked for before, whose place it takes.
 */
export interface Target {
  id: string;
  sidecar: string;
  older: string | null;
  version: number | null;
  folder: string;
  at: Date;
}

/**
 * @param highestVersion the highest version number that sidecars tell
 * @throws UsageError for a name that is none, or whose sidecar another model has
 */
export async function chooseTarget(
  writing: Writing,
  request: SaveRequest,
  kind: VersionKind,
  highestVersion: number,
): Promise<Target> {
  const { config, disk, root } = writing;
  const at = new Date();
  const best = kind === 'best';
  const version = best ? await nextVersion(disk, root, config, highestVersion) : null;
  const folder = folderFor(kind, config);
  const name = nameOf(writing, request, version, at);
  assertSaveName(name, config, request.name === undefined ? whereNamed(kind) : undefined);
  const prefix = folder === '' ? '' : `${folder}/`;
  const older = await findOlder(writing, prefix, name);
  return {
    id: `${prefix}${name}`,
    sidecar: `${prefix}${sidecarOf(name, config)}`,
    older: older === null ? null : `${prefix}${older}`,
    version,
    folder,
    at,
  };
}

/** What to do about a name that nobody asked for. */
function whereNamed(kind: VersionKind): string {
  const keys = kind === 'best' ? 'model_prefix, version_format and timestamp_format' : 'checkpoint_name';
  return `it is made of ${keys} in the run's config: correct it there`;
}

/** The folder of the run for versions of a kind, '' for the run itself. */
export function folderFor(
  kind: VersionKind,
  { best_models_dir, checkpoint_dir }: Pick<StorageConfig, 'best_models_dir' | 'checkpoint_dir'>,
): string {
  const folder = posix.normalize(kind === 'best' ? best_models_dir : checkpoint_dir).replace(/\/$/, '');
  return folder === '.' ? '' : folder;
}

function nameOf(writing: Writing, request: SaveRequest, version: number | null, at: Date): string {
  const { checkpoint_name } = writing.config;
  const usual =
    version === null
      ? checkpoint_name
      : `${bestName(writing, version, request.reward, at)}${request.ending ?? '.pt'}`;
  return fileNameOf(request.name ?? usual, writing.config);
}

/** What a file is called that was asked for by a name: without an ending it gets `.pt`, as the reference adds it, and that of the form that the config asks for. */
export function fileNameOf(name: string, { compression, checkpoint_name }: StorageConfig): string {
  const whole = name.includes('.') || name === checkpoint_name ? name : `${name}.pt`;
  return compression === 'gzip' && !whole.endsWith('.gz') ? `${whole}.gz` : whole;
}

/** `{prefix}_{version}_reward{reward:.4f}_{timestamp}`, a minus written as `n`. Source: the reference. */
export function bestName(
  { config }: Pick<Writing, 'config'>,
  version: number,
  reward: number,
  at: Date,
): string {
  const size = Math.abs(reward);
  const digits = Number.isNaN(reward) ? 'nan' : Number.isFinite(reward) ? size.toFixed(4) : 'inf';
  const text = `${reward < 0 ? 'n' : ''}${digits}`;
  const time = formatTimestamp(config.timestamp_format, at);
  return `${config.model_prefix}_${formatVersion(config.version_format, version)}_reward${text}_${time}`;
}
