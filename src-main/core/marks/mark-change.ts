import type { MarkChange } from '../../../shared/model/mark-change.ts';
import type { Version } from '../../../shared/model/version.ts';
import type { Mark } from './marks.ts';

/** A mark as it was and as it became. */
export interface Remarked {
  before: Mark;
  after: Mark;
}

/** The mark with a change made to it; tags that the sidecar gives are taken over when they first change. */
export function withMarkChange(mark: Mark, { tags }: Pick<Version, 'tags'>, change: MarkChange): Mark {
  const { pinned, addTags, removeTags, notes } = change;
  const isTagged = addTags.length + removeTags.length > 0;
  return {
    ...mark,
    pinned: pinned ?? mark.pinned,
    notes: notes ?? mark.notes,
    tags: isTagged ? changedTags(mark.tags ?? tags, addTags, removeTags) : mark.tags,
  };
}

function changedTags(
  tags: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): string[] {
  const kept = tags.filter((tag) => !removed.includes(tag));
  return [...new Set([...kept, ...added])];
}

/** The mark as it was before a change, but for what somebody noted since. */
export function withoutMarkChange(mark: Mark, { before, after }: Remarked): Mark {
  const isSame = (key: 'notes' | 'tags' | 'pinned') =>
    JSON.stringify(mark[key]) === JSON.stringify(after[key]);
  return {
    id: mark.id,
    pinned: isSame('pinned') ? before.pinned : mark.pinned,
    notes: isSame('notes') ? before.notes : mark.notes,
    tags: isSame('tags') ? before.tags : mark.tags,
  };
}
