import { join } from 'node:path';
import { z } from 'zod';
import type { Disk } from '../files/disk.ts';
import { readKept } from '../files/read-kept.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import { ownFolder } from '../operations/operation.ts';
import { type Mark, markSchema, marksFile, marksText, readMarks } from './marks.ts';

/**
 * Marks of bytes that are not under their names any more: the operation that took them from there, null for one that nothing brings back;
 * `checksum` is the SHA-256 on record of those bytes, null for none.
 */
const asideSchema = z.strictObject({
  format: z.literal(1),
  marks: z.array(
    z.strictObject({ operation: z.string().nullable(), checksum: z.string().nullable(), mark: markSchema }),
  ),
});
type Aside = z.infer<typeof asideSchema>['marks'];

const asideFile = 'marks-aside.json';
/** What is older than so many others waits no longer. */
const mostKept = 10_000;

/** The run that marks are of; it may be written to, and its lock is held. */
interface MarkedRun {
  disk: Disk;
  root: string;
}

/** A version that loses its bytes, and the SHA-256 on record of them. */
export interface Losing {
  id: string;
  checksum: string | null;
}

/**
 * Takes notes and tags off these names, whose bytes an operation took away or replaced: they were of those. A pin stays, whichever
 * bytes it was given to. The operation is committed.
 * @throws ModelManagerError where marks cannot be read: nothing is written over them; system errors
 */
export async function putMarksAside(
  { disk, root }: MarkedRun,
  versions: Iterable<Losing>,
  operation: string | null,
): Promise<void> {
  const own = join(root, ownFolder);
  const marks = readMarks(own);
  const going = [...versions].filter(({ id }) => isOfBytes(marks.get(id)));
  if (going.length === 0) return;
  const aside = readAside(own);
  for (const { id, checksum } of going) {
    const { of, ...mark } = marks.get(id) as Mark;
    const { pinned: _, ...rest } = of ?? {};
    if (isNoted(mark)) aside.push({ operation, checksum, mark: { ...mark, pinned: false, of: rest } });
    marks.set(id, { ...mark, notes: null, tags: null });
  }
  // First: what is in both is lost by no power cut.
  await writeAside(disk, own, aside.slice(-mostKept));
  await writeMarks(disk, own, marks);
}

/** Gives the names back what was put aside with an operation that was undone, but for what somebody noted since. @throws as {@link putMarksAside} */
export function bringMarksBack(run: MarkedRun, operation: string): Promise<void> {
  return bringBack(run, (each) => each.operation === operation);
}

/** The same for bytes that came back from elsewhere. @throws as {@link putMarksAside} */
function bringMarksOf(run: MarkedRun, versions: readonly Losing[]): Promise<void> {
  const restored = new Map(versions.map(({ id, checksum }) => [id, checksum]));
  return bringBack(run, ({ mark, checksum }) => checksum !== null && restored.get(mark.id) === checksum);
}

/** Where an operation took some versions away and brought the bytes of others from elsewhere. @throws as {@link putMarksAside} */
export async function swapMarks(
  run: MarkedRun,
  losing: readonly Losing[],
  operation: string | null,
  coming: readonly Losing[],
): Promise<void> {
  await putMarksAside(run, losing, operation);
  await bringMarksOf(run, coming);
}

/** What is said where that fails: what was done to the versions is done. */
export function tellUnmoved(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `notes and tags stay with the names they were given to — ${why}`;
}

async function bringBack(
  { disk, root }: MarkedRun,
  isComing: (each: Aside[number]) => boolean,
): Promise<void> {
  const own = join(root, ownFolder);
  const aside = readAside(own);
  const coming = aside.filter(isComing);
  if (coming.length === 0) return;
  const marks = readMarks(own);
  for (const { mark } of coming.toReversed()) {
    const now = marks.get(mark.id);
    const notes = now?.notes ?? mark.notes;
    const tags = now?.tags ?? mark.tags;
    const of = { ...mark.of, ...now?.of };
    marks.set(mark.id, { id: mark.id, pinned: now?.pinned ?? false, notes, tags, of });
  }
  await writeMarks(disk, own, marks);
  await writeAside(
    disk,
    own,
    aside.filter((each) => !isComing(each)),
  );
}

function isOfBytes(mark: Mark | undefined): boolean {
  return mark !== undefined && (isNoted(mark) || mark.of?.pinned !== undefined);
}

function isNoted({ notes, tags }: Mark): boolean {
  return notes !== null || tags !== null;
}

function readAside(own: string): Aside {
  const kept = readKept(`${own}/${asideFile}`, asideSchema, 'cannot tell which notes and tags wait');
  return kept?.marks ?? [];
}

function writeAside(disk: Disk, own: string, marks: Aside): Promise<unknown> {
  return replaceDurably(disk, own, asideFile, Buffer.from(JSON.stringify({ format: 1, marks })));
}

function writeMarks(disk: Disk, own: string, marks: ReadonlyMap<string, Mark>): Promise<unknown> {
  return replaceDurably(disk, own, marksFile, Buffer.from(marksText(marks)));
}
