import { longestTag, mostTags } from '../../shared/model/mark-change.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

/** Tags that come and go together. */
export interface TagChange {
  add: readonly string[];
  remove: readonly string[];
}

/** What turns the tags that are shown into those that are wanted; null where nothing does. */
export function tagChange(shown: readonly string[], wanted: readonly string[]): TagChange | null {
  const tags = wanted.map((tag) => tag.trim());
  const add = [...new Set(tags)].filter((tag) => tag !== '' && !shown.includes(tag));
  const remove = shown.filter((tag) => !tags.includes(tag));
  return add.length + remove.length > 0 ? { add, remove } : null;
}

/** Why these cannot be added: what is pasted is of any length. Null where they can. */
export function whyNotAdded(tags: readonly string[]): string | null {
  if (tags.length > mostTags)
    return `${plural(tags.length, 'tag')} are too many at once — a change adds at most ${mostTags} — add them in parts`;
  const long = tags.find((tag) => tag.length > longestTag);
  if (long === undefined) return null;
  return `“${visibleText(long.slice(0, 30))}…” is too long for a tag — a tag has at most ${longestTag} characters — shorten it`;
}

/** The tags as they will be once these changes are made, one after the other: what is added comes last. */
export function changedTags(tags: readonly string[], changes: readonly TagChange[]): readonly string[] {
  return changes.reduce(
    (before, { add, remove }) => [...new Set([...before.filter((tag) => !remove.includes(tag)), ...add])],
    tags,
  );
}
