import type { MarkChange } from '../../shared/model/mark-change.ts';
import { type NamedVersion, nameVersions } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';

/** What was noted of versions, in a sentence: `v3 is pinned`. */
export function markWords(
  rows: readonly NamedVersion[],
  { pinned, addTags, removeTags, notes }: MarkChange,
): string {
  const [name, are] = [nameVersions(rows), rows.length === 1 ? 'is' : 'are'];
  const deeds = [
    pinned !== null && (pinned ? `${are} pinned` : `${are} no longer pinned`),
    addTags.length > 0 && `${are} tagged ${listed(addTags)}`,
    removeTags.length > 0 && `${are} no longer tagged ${listed(removeTags)}`,
    notes !== null && (notes === '' ? `${are} without a note` : `${are} noted`),
  ];
  return `${name} ${deeds.filter(Boolean).join(' and ')}`;
}

function listed(tags: readonly string[]): string {
  return tags.map(visibleText).join(', ');
}
