import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readKept } from '../files/read-kept.ts';
import { listOf, markedOfSchema } from './marked-bytes.ts';

/** What a person noted of a version. `notes` and `tags` take the place of the sidecar's; null leaves those. `of`: of which bytes each was said. */
export const markSchema = z.strictObject({
  id: z.string(),
  pinned: z.boolean(),
  notes: z.string().nullable(),
  tags: z.array(z.string()).nullable(),
  of: markedOfSchema.optional(),
});
export type Mark = z.infer<typeof markSchema>;

/** Files of older versions have no checksum; whoever fixes one by hand may leave it out. */
const fileSchema = z
  .strictObject({ format: z.literal(1), versions: z.array(markSchema), checksum: z.string().optional() })
  .refine(({ versions, checksum }) => checksum === undefined || checksum === checksumOf(versions), {
    error: 'it is not what was written',
  });
export const marksFile = 'marks.json';

/**
 * The marks of a run by id; none where there is no such file.
 * @throws ModelManagerError for one that cannot be read: taken for none, pinned versions would be pruned, and notes written over
 */
export function readMarks(folder: string): Map<string, Mark> {
  const kept = readKept(`${folder}/${marksFile}`, fileSchema, 'cannot tell what is pinned, noted and tagged');
  return new Map(kept?.versions.map((mark) => [mark.id, mark]));
}

export function marksText(marks: ReadonlyMap<string, Mark>): string {
  const versions = [...marks.values()].filter(
    ({ pinned, notes, tags }) => pinned || notes !== null || tags !== null,
  );
  return `${JSON.stringify({ format: 1, versions, checksum: checksumOf(versions) }, null, 2)}\n`;
}

/** Of what they say, however it is written. */
function checksumOf(versions: readonly Mark[]): string {
  const said = versions.map(({ id, pinned, notes, tags, of }) => [
    id,
    pinned,
    notes,
    tags,
    ...(of ? [listOf(of)] : []),
  ]);
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

export function emptyMark(id: string): Mark {
  return { id, pinned: false, notes: null, tags: null };
}
