import { z } from 'zod';
import { ModelManagerError } from '../errors.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { readText } from '../files/read-text.ts';

/** What a person noted of a version. `notes` and `tags` take the place of the sidecar's; null leaves those. */
export const markSchema = z.strictObject({
  id: z.string(),
  pinned: z.boolean(),
  notes: z.string().nullable(),
  tags: z.array(z.string()).nullable(),
});
export type Mark = z.infer<typeof markSchema>;

const fileSchema = z.strictObject({ format: z.literal(1), versions: z.array(markSchema) });
const noMarks = new Set(['ENOENT', 'ENOTDIR']);
const limit = 64 * 1024 * 1024;

export const marksFile = 'marks.json';

/**
 * The marks of a run by id; none where there is no such file.
 * @throws ModelManagerError for one that cannot be read: taken for none, pinned versions would be pruned, and notes written over
 */
export function readMarks(folder: string): Map<string, Mark> {
  const path = `${folder}/${marksFile}`;
  try {
    const { versions } = fileSchema.parse(JSON.parse(readText(path, limit)));
    return new Map(versions.map((mark) => [mark.id, mark]));
  } catch (cause) {
    if (noMarks.has(errorCode(cause) ?? '')) return new Map();
    throw new ModelManagerError(
      `cannot tell what is pinned, noted and tagged — ${path} ${faultOf(cause)} — mend it, or move it away and do without what it holds`,
      { path, cause },
    );
  }
}

function faultOf(cause: unknown): string {
  return errorCode(cause) === null
    ? 'is damaged, or another version of Cairn wrote it'
    : `cannot be read: ${explainError(cause)}`;
}

export function marksText(marks: ReadonlyMap<string, Mark>): string {
  const versions = [...marks.values()].filter(
    ({ pinned, notes, tags }) => pinned || notes !== null || tags !== null,
  );
  return `${JSON.stringify({ format: 1, versions }, null, 2)}\n`;
}

export function emptyMark(id: string): Mark {
  return { id, pinned: false, notes: null, tags: null };
}
