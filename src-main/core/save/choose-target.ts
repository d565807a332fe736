import { posix } from 'node:path';
import type { VersionKind } from '../../../shared/model/version.ts';
import { formatTimestamp, formatVersion } from '../config/format-python.ts';
import type { Writing } from '../operations/write-run.ts';
import { nextVersion } from './next-version.ts';
import { assertSaveName, type SaveRequest } from './save-request.ts';

/** Where a save goes: `id` of the version, `folder` of the run ('' for the run itself), the number it takes. */
export interface Target {
  id: string;
  version: number | null;
  folder: string;
  at: Date;
}

/** @param highestVersion the highest version number that sidecars tell @throws UsageError for a name that is none */
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

/** The sidecar of a version: its name with `.json` for its ending. */
export function sidecarOf(id: string): string {
  return id.replace(/\.[^./]+(?:\.gz)?$/, '.json');
}
