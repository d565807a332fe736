import { Damage } from '../damage.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import type { Source } from '../source.ts';
import { type Member, readArchive } from './read-archive.ts';

/**
 * The members of an archive, or why they cannot be told; what is odd about them is added to `problems`, and to what was
 * not read where it may hide members from this reader.
 */
export async function findMembers(
  source: Source,
  problems: string[],
  names: PickledNames,
): Promise<Member[] | Damage> {
  try {
    return await readArchive(source, ({ problem, hides }) => {
      problems.push(problem);
      if (hides) names.miss(problem);
    });
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    // What is wrong with its end comes first, and explains the rest.
    const [first] = problems.splice(0);
    return first === undefined ? error : new Damage(first);
  }
}
