import { type FormatName, type Structure, torn, unknown, whole } from '../format.ts';
import { plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { zipKind } from './kinds.ts';
import { type Member, readArchive } from './read-archive.ts';

/** Whole: end record, directory and every member's header agree, and the members its kind needs are there. */
export async function checkZip(source: Source, recognised: FormatName): Promise<Structure> {
  const members = await readArchive(source);
  if (members.length === 0) return whole(recognised);
  const names = new Set(members.map((member) => member.name));
  const kind = zipKind(names);
  if (kind.missing !== null) return torn(kind.name, `${plainName(kind.missing)} is missing from the archive`);
  if (names.size < members.length) return unknown(recognised, ambiguous(members));
  return whole(kind.name);
}

function ambiguous(members: readonly Member[]): string {
  const seen = new Set<string>();
  const twice = members.find(({ name }) => seen.size === seen.add(name).size);
  return `${plainName(twice?.name ?? '')}: two members have this name, and which one counts is not clear`;
}
