import type { Entry } from '../contents.ts';
import { formatCount } from '../plain-text.ts';
import type { Member } from './read-archive.ts';

/** A member as something at the top of a checkpoint. */
export function describeMember({ name, size }: Member): Entry {
  return { key: name, type: 'file', summary: `${formatCount(size)} bytes` };
}
