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

/** The same where it could not be noted: `v3 is not pinned`. */
export function unmarkedWords(
  rows: readonly NamedVersion[],
  { pinned, addTags, removeTags, notes }: MarkChange,
): string {
  const [name, are] = [nameVersions(rows), rows.length === 1 ? 'is' : 'are'];
  const deeds = [
    pinned !== null && (pinned ? `${are} not pinned` : `${are} still pinned`),
    addTags.length > 0 && `${are} not tagged ${listed(addTags)}`,
    removeTags.length > 0 && `${are} still tagged ${listed(removeTags)}`,
    notes !== null && (rows.length === 1 ? 'has the note it had' : 'have the notes they had'),
  ];
  return `${name} ${deeds.filter(Boolean).join(' and ')}`;
}

function listed(tags: readonly string[]): string {
  return tags.map(visibleText).join(', ');
}
