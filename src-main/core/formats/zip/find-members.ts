import { Damage } from '../damage.ts';
import type { Source } from '../source.ts';
import { type Member, readArchive } from './read-archive.ts';

/** The members of an archive, or why they cannot be told; what is odd about them is added to `problems`. */
export async function findMembers(source: Source, problems: string[]): Promise<Member[] | Damage> {
  try {
    return await readArchive(source, (problem) => problems.push(problem));
  } catch (error) {
    if (error instanceof Damage) return error;
    throw error;
  }
}
