import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { runFolders } from '../catalog/list-names.ts';
import { parseFileName } from '../catalog/parse-file-name.ts';
import type { Disk } from '../files/disk.ts';
import { namesIn } from '../operations/discard-kept.ts';
import { listTrash } from '../trash/list-trash.ts';

/**
 * One more than any version number that a name of the run bears, in its folders or its trash, so that no number is given
 * twice. Under the run's lock that holds across processes.
 * @param known the highest number that sidecars tell
 */
export async function nextVersion(
  disk: Disk,
  root: string,
  config: StorageConfig,
  known: number,
): Promise<number> {
  const folders = await Promise.all(runFolders(config).map(({ path }) => namesIn(disk, `${root}/${path}`)));
  const trashed = (await listTrash(disk, root)).flatMap(({ steps }) => steps.map(({ from }) => from));
  let highest = known;
  for (const name of [...folders.flat(), ...trashed]) highest = Math.max(highest, numberIn(name, config));
  return highest + 1;
}

/** The number as the usual names have it, or as the config's own format writes it. */
function numberIn(path: string, { version_format, model_prefix }: StorageConfig): number {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const usual = parseFileName(name.replace(/\.(?:[a-z]+|pt\.gz|pt\.backup)$/i, '')).version ?? 0;
  const [before = '', after = ''] = version_format.split(/\{version[^}]*\}/);
  const text = name.startsWith(`${model_prefix}_${before}`)
    ? name.slice(model_prefix.length + 1 + before.length)
    : '';
  const [, digits = '0', rest = ''] = /^[^0-9]*(\d{1,15})(.*)$/s.exec(text) ?? [];
  return rest.startsWith(`${after}_reward`) ? Math.max(usual, Number(digits)) : usual;
}
