import type { Json } from '../../../../shared/model/json.ts';
import { rule } from '../damage.ts';
import { longestRead, type Source } from '../source.ts';
import { openMember } from '../zip/open-member.ts';
import type { Member } from '../zip/read-archive.ts';
import { parseConfiguration } from './parse-configuration.ts';

/** A member of a Keras archive that is JSON. @throws Damage where it is none, or not there once */
export async function readJsonMember(
  source: Source,
  members: readonly Member[],
  name: string,
): Promise<Json> {
  const bytes = await openMember(source, findMember(members, name));
  rule(bytes.size <= longestRead, 'it is longer than is read');
  return parseConfiguration((await bytes.read(0, bytes.size)).toString('utf8'));
}

/** @throws Damage unless there is one of this name, and no more */
export function findMember(members: readonly Member[], wanted: string): Member {
  const found = members.filter(({ name }) => name === wanted);
  const [member] = found;
  rule(member !== undefined && found.length === 1, 'there must be one of this name, and no more');
  return member;
}
