import { z } from 'zod';

/** Characters of a tag. */
export const longestTag = 100;
/** Tags that one change may add, or remove. */
export const mostTags = 100;

const tags = z.array(z.string().min(1).max(longestTag)).max(mostTags);

/** What a person wants noted otherwise of versions; null, or no tags, leaves that as it is. */
export const markChangeSchema = z.strictObject({
  pinned: z.boolean().nullable(),
  addTags: tags,
  removeTags: tags,
  notes: z.string().max(100_000).nullable(),
});
export type MarkChange = z.infer<typeof markChangeSchema>;

export const noChange: MarkChange = { pinned: null, addTags: [], removeTags: [], notes: null };
