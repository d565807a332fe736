import { posix } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { type ClassifiedName, classifyName } from '../catalog/classify-name.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { UsageError } from '../errors.ts';
import { namesIn } from '../files/names-in.ts';
import type { Writing } from '../operations/write-run.ts';

/** Where names of models are looked for. */
export type NamedRun = Pick<Writing, 'config' | 'disk' | 'root'>;

/** The sidecar of a model: its name with `.json` for its ending. */
export function sidecarOf(name: string, config: StorageConfig): string {
  return `${classifyName(name, config).stem}.json`;
}

/**
 * The same model in its other form, `a.pt` for `a.pt.gz`, where that is in the folder: `compression` was changed since.
 * @param prefix the folder, with a `/` at its end where it is not the run itself
 * @throws UsageError where another model has the sidecar that this one would get
 */
export async function findOlder(run: NamedRun, prefix: string, name: string): Promise<string | null> {
  const { config } = run;
  const { models } = await findSharingIn(run)(prefix, name);
  const older = models.find((other) => isSameModel(other, name)) ?? null;
  const stranger = models.find((other) => other !== older);
  if (stranger === undefined) return older;
  throw new UsageError(
    `${escapeName(prefix + name)} is not saved — ${escapeName(prefix + stranger)} is there, and the two would share one sidecar, ${escapeName(sidecarOf(name, config))} — save it under another name`,
    { path: prefix + name },
  );
}

/** What shares its stem with a name: other models, and sidecars, as names in its folder. */
export interface Sharing {
  models: string[];
  sidecars: string[];
}

/** Finds what shares the stem of names in a folder, by its prefix; each folder is listed once. */
export function findSharingIn({
  config,
  disk,
  root,
}: NamedRun): (prefix: string, name: string) => Promise<Sharing> {
  const folders = new Map<string, Promise<Map<string, string[]>>>();
  const list = async (prefix: string) => {
    const byStem = new Map<string, string[]>();
    for (const name of await namesIn(disk, posix.join(root, prefix))) {
      const { stem } = classifyName(name, config);
      const alike = byStem.get(stem);
      if (alike) alike.push(name);
      else byStem.set(stem, [name]);
    }
    return byStem;
  };
  return async (prefix, name) => {
    const listed = folders.get(prefix) ?? list(prefix);
    folders.set(prefix, listed);
    const alike = (await listed).get(classifyName(name, config).stem) ?? [];
    const of = async (role: ClassifiedName['role']) => {
      const names = alike.filter((other) => other !== name && classifyName(other, config).role === role);
      const looks = await Promise.all(names.map((other) => disk.lookAt(`${root}/${prefix}${other}`)));
      return names.filter((_, index) => looks[index]?.type === 'file');
    };
    return { models: await of('model'), sidecars: await of('sidecar') };
  };
}

/** Whether two names are of one model, packed or not. */
export function isSameModel(a: string, b: string): boolean {
  return unpacked(a) === unpacked(b);
}

function unpacked(name: string): string {
  return name.replace(/\.gz$/i, '');
}
