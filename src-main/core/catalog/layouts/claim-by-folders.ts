import type { Claim, RunSigns } from './layout.ts';

/**
 * What speaks for a framework by versions that are folders.
 * @param isOwn asked of the end of an id: the name of a folder and of the file that stands for it, with `/` between them
 * @param how the end of a sentence that begins with “its checkpoints”
 */
export function claimByFolders({ ids }: Pick<RunSigns, 'ids'>, isOwn: RegExp, how: string): Claim | null {
  const own = ids.filter((id) => isOwn.test(id.split('/').slice(-2).join('/'))).length;
  if (own === 0) return null;
  const isMost = own * 2 >= ids.length;
  return isMost
    ? { sureness: 'likely', why: `its checkpoints are ${how}` }
    : { sureness: 'possible', why: `some of its checkpoints are ${how}` };
}
