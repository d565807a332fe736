import type { Claim, RunSigns } from './layout.ts';

/** The name of a version's file. */
export function fileName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The version of this file's name, the last one by name; nothing where there is none, or where several folders have one each. */
export function bestNamed(
  { ids }: Pick<RunSigns, 'ids'>,
  isBest: (name: string) => boolean,
): Pick<Claim, 'best'> {
  const named = ids.filter((id) => isBest(fileName(id))).sort();
  const folders = new Set(named.map((id) => id.slice(0, -fileName(id).length)));
  const best = named.at(-1);
  return best === undefined || folders.size > 1 ? {} : { best };
}

/**
 * What speaks for a framework by the names of checkpoints that only it gives.
 * @param how the end of a sentence that begins with “its checkpoints”
 */
export function claimByNames(
  { ids }: Pick<RunSigns, 'ids'>,
  isOwn: (name: string) => boolean,
  how: string,
): Claim | null {
  const own = ids.filter((id) => isOwn(fileName(id))).length;
  if (own === 0) return null;
  const isMost = own * 2 >= ids.length;
  return isMost
    ? { sureness: 'likely', why: `its checkpoints ${how}` }
    : { sureness: 'possible', why: `some of its checkpoints ${how}` };
}
