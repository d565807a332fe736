import type { VersionRow } from '../../shared/model/version-row.ts';

/** What several versions have noted together. */
export interface MarksInCommon {
  /** On all of them, in the order of the first. */
  tags: readonly string[];
  /** On some of them. */
  otherTags: readonly string[];
  /** The note they share; null where they differ. */
  notes: string | null;
  pinned: boolean;
}

export function marksInCommon(rows: readonly Pick<VersionRow, 'tags' | 'notes' | 'pinned'>[]): MarksInCommon {
  const counts = new Map<string, number>();
  for (const { tags } of rows) for (const tag of new Set(tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const tags = [...counts.keys()];
  const first = rows[0]?.notes ?? '';
  return {
    tags: tags.filter((tag) => counts.get(tag) === rows.length),
    otherTags: tags.filter((tag) => counts.get(tag) !== rows.length),
    notes: rows.every(({ notes }) => (notes ?? '') === first) ? first : null,
    pinned: rows.length > 0 && rows.every(({ pinned }) => pinned),
  };
}
