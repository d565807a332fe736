import { ByteReader } from '../byte-reader.ts';
import { Damage } from '../damage.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import { readRest } from '../pickle/read-pickle.ts';
import { formatCount, plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { openMember } from '../zip/open-member.ts';
import type { Member } from '../zip/read-archive.ts';

/** How much of a pickle is read, in bytes. */
export const pickleBudget = 64 * 1024 * 1024;
const mostPickles = 20;
const pickleName = /\.pkl$/i;
/** What stable-baselines3, numpy and others would load out of an archive that PyTorch loads otherwise. */
const otherLoads = /^(data|parameters)$|\.(pth?|npy|npz|ckpt|pickle|joblib|h5|hdf5|keras|zip)$/i;

/** Whether a member's name alone has it followed, or noted. */
export const isScanned = (name: string) => pickleName.test(name) || otherLoads.test(name);

/**
 * Follows the pickles among the members of an archive of PyTorch, for the names in them, but one that was read already:
 * which of them is loaded may not be as clear as it seems. What another program would load is noted as not read.
 * Gives what is wrong with them.
 */
export async function scanPickles(
  source: Source,
  members: readonly Member[],
  names: PickledNames,
  read: Member | null,
): Promise<string[]> {
  const pickles = members.filter((member) => member !== read && pickleName.test(member.name));
  const problems: string[] = [];
  for (const member of pickles.slice(0, mostPickles)) {
    const problem = await scanPickle(source, member, names);
    if (problem !== null) problems.push(problem);
  }
  const more = pickles.length - mostPickles;
  if (more > 0) names.miss(`${formatCount(more)} more pickles in it`);
  for (const { name } of members) if (otherLoads.test(name)) names.miss(plainName(name));
  return problems;
}

/** Gives what is wrong with it. */
export async function scanPickle(
  source: Source,
  member: Member,
  names: PickledNames,
): Promise<string | null> {
  try {
    const pickle = await openMember(source, member, names.budget);
    await readRest(new ByteReader(pickle, 0, pickle.size, pickleBudget), names);
    return null;
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    names.miss(error.message);
    return error.message;
  }
}
