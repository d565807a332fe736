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

/** The tags as they will be once these changes are made, one after the other: what is added comes last. */
export function changedTags(tags: readonly string[], changes: readonly TagChange[]): readonly string[] {
  return changes.reduce(
    (before, { add, remove }) => [...new Set([...before.filter((tag) => !remove.includes(tag)), ...add])],
    tags,
  );
}
