import type { Claim, RunSigns } from './layout.ts';

/** The name of a version's file. */
export function fileName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** The folder of a version's file, relative to the run, with `/` at its end; '' for that itself. */
function folderName(id: string): string {
  return id.slice(0, id.length - fileName(id).length);
}

/** The version of this file's name, the last one by name; where several folders have one each, all of these, and none is the best. */
export function bestNamed(
  { ids }: Pick<RunSigns, 'ids'>,
  isBest: (name: string) => boolean,
): Pick<Claim, 'best' | 'bests'> {
  return asBest(lastOfEach(ids.filter((id) => isBest(fileName(id)))));
}

/** The best that a claim tells: one, or several of which none is the best of all. */
export function asBest(bests: readonly string[]): Pick<Claim, 'best' | 'bests'> {
  const [best] = bests;
  if (best === undefined) return {};
  return bests.length > 1 ? { bests } : { best };
}

/** The version to go on from that a claim tells: one, or several. */
export function asLast(lasts: readonly string[]): Pick<Claim, 'last' | 'lasts'> {
  const [last] = lasts;
  if (last === undefined) return {};
  return lasts.length > 1 ? { lasts } : { last };
}

/** Of each folder the last one by name. */
export function lastOfEach(ids: readonly string[]): string[] {
  const byFolder = new Map(ids.toSorted().map((id) => [folderName(id), id]));
  return [...byFolder.values()];
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
