import { posix } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { classifyName } from '../catalog/classify-name.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { UsageError } from '../errors.ts';
import { namesIn } from '../files/names-in.ts';
import type { Writing } from '../operations/write-run.ts';

/** The sidecar of a model: its name with `.json` for its ending. */
export function sidecarOf(name: string, config: StorageConfig): string {
  return `${classifyName(name, config).stem}.json`;
}

/**
 * The same model in its other form, `a.pt` for `a.pt.gz`, where that is in the folder: `compression` was changed since.
 * @param prefix the folder, with a `/` at its end where it is not the run itself
 * @throws UsageError where another model has the sidecar that this one would get
 */
export async function findOlder(writing: Writing, prefix: string, name: string): Promise<string | null> {
  const { config } = writing;
  const others = await findSharing(writing, prefix, name);
  const older = others.find((other) => unpacked(other) === unpacked(name)) ?? null;
  const stranger = others.find((other) => other !== older);
  if (stranger === undefined) return older;
  throw new UsageError(
    `${escapeName(prefix + name)} is not saved — ${escapeName(prefix + stranger)} is there, and the two would share one sidecar, ${escapeName(sidecarOf(name, config))} — save it under another name`,
    { path: prefix + name },
  );
}

/** The other models in the folder whose names differ from this one in the ending alone. */
async function findSharing({ config, disk, root }: Writing, prefix: string, name: string): Promise<string[]> {
  const { stem } = classifyName(name, config);
  const names = (await namesIn(disk, posix.join(root, prefix))).filter((other) => {
    const { role, stem: of } = classifyName(other, config);
    return role === 'model' && of === stem && other !== name;
  });
  const looks = await Promise.all(names.map((other) => disk.lookAt(`${root}/${prefix}${other}`)));
  return names.filter((_, index) => looks[index]?.type === 'file');
}

function unpacked(name: string): string {
  return name.replace(/\.gz$/i, '');
}
