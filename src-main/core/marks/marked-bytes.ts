import { z } from 'zod';
import type { Version } from '../../../shared/model/version.ts';
import type { FileIdentity } from '../files/file-identity.ts';

/** What tells the bytes that a version had when something was noted of it: their SHA-256 where that was known, and size and time of its file. */
const markedBytesSchema = z.strictObject({
  checksum: z.string().nullable(),
  size: z.number(),
  mtimeMs: z.number(),
});
type MarkedBytes = z.infer<typeof markedBytesSchema>;

/** Of which bytes each part of a mark was said; what older versions noted does not say. */
export const markedOfSchema = z.strictObject({
  pinned: markedBytesSchema.optional(),
  notes: markedBytesSchema.optional(),
  tags: markedBytesSchema.optional(),
});
export type MarkedOf = z.infer<typeof markedOfSchema>;

/** What a mark says, and of which bytes. */
interface Marked {
  pinned: boolean;
  notes: string | null;
  tags: readonly string[] | null;
  of?: MarkedOf | undefined;
}

/** What it says, in one order however it is written. */
export function listOf(of: MarkedOf): (readonly (string | number | null)[] | null)[] {
  return parts.map((part) => {
    const bytes = of[part];
    return bytes ? [bytes.checksum, bytes.size, bytes.mtimeMs] : null;
  });
}

/** A version as it is by now: its file, the SHA-256 of its bytes as they were read, and the one on record. */
interface BytesNow {
  identity: Pick<FileIdentity, 'size' | 'mtimeMs'> | null;
  actual: string | null;
  recorded: string | null;
}

/** @param identity its file as it was when it was last looked at */
export function bytesNow(
  { integrity, checksum }: Pick<Version, 'integrity' | 'checksum'>,
  identity: BytesNow['identity'],
): BytesNow {
  return { identity, actual: integrity.actual, recorded: checksum };
}

const parts = ['notes', 'tags', 'pinned'] as const;
const words = { notes: 'note', tags: 'tags', pinned: 'pin' };

/** The changed mark, with the bytes that each part of it was said of: what changed, of those that are there now. */
export function withBytes<M extends Marked>(before: Marked, after: M, now: BytesNow): M {
  const bytes = bytesOf(now);
  const of = parts.flatMap((part) => {
    const isChanged = JSON.stringify(before[part]) !== JSON.stringify(after[part]);
    const said = isChanged ? bytes : before.of?.[part];
    return said && isSaid(after, part) ? [[part, said] as const] : [];
  });
  return of.length === 0 ? { ...after, of: undefined } : { ...after, of: Object.fromEntries(of) };
}

function bytesOf({ identity, actual, recorded }: BytesNow): MarkedBytes | null {
  return identity && { checksum: actual ?? recorded, size: identity.size, mtimeMs: identity.mtimeMs };
}

function isSaid(mark: Marked, part: (typeof parts)[number]): boolean {
  const said = mark[part];
  return Array.isArray(said) ? said.length > 0 : Boolean(said);
}

/** That what was noted of a version was said of other bytes than it has by now, or may have been, a sentence each. */
export function tellOtherBytes(mark: Marked, now: BytesNow): string[] {
  const told = parts.flatMap((part) => {
    const of = mark.of?.[part];
    const other = of && isSaid(mark, part) ? isOther(of, now) : false;
    return other === false ? [] : [{ word: words[part], other }];
  });
  const wordsOf = (sure: boolean) =>
    told.filter(({ other }) => (other === null) !== sure).map(({ word }) => word);
  return [
    ...sentence(wordsOf(true), 'given to other bytes than it has now'),
    ...sentence(wordsOf(false), 'given before it was last written to, and may be of other bytes'),
  ];
}

function sentence(named: readonly string[], what: string): string[] {
  const [last] = named.slice(-1);
  if (last === undefined) return [];
  const isOne = named.length === 1 && last !== words.tags;
  const all = named.length === 1 ? last : `${named.slice(0, -1).join(', ')} and ${last}`;
  const [were, them] = isOne ? ['was', 'it'] : ['were', 'them'];
  return [`its ${all} ${were} ${what}: take ${them} off, or give ${them} anew`];
}

/** Null where it cannot be told: it was written to, and nobody knows what. */
function isOther(of: MarkedBytes, { identity, actual, recorded }: BytesNow): boolean | null {
  if (!identity) return false;
  if (identity.size === of.size && identity.mtimeMs === of.mtimeMs) return false;
  if (actual !== null && of.checksum !== null) return actual !== of.checksum;
  if (identity.size !== of.size) return true;
  return recorded !== null && of.checksum !== null && recorded !== of.checksum ? true : null;
}
