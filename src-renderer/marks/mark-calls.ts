import type { Call } from '../../shared/command/equivalent-command.ts';

/** So many versions are named, each in lines of its own: more are for no terminal. */
const mostNamed = 200;

/** What is to be noted of versions. `removed` are tags that were on them before. */
export interface NotedMarks {
  pinned: boolean;
  tags: readonly string[];
  removed: readonly string[];
  /** Null for a note that stays as it is. */
  notes: string | null;
}

/** The calls of the command line that note that of each of these versions; none where nothing is noted, or where they are too many. */
export function markCalls(
  versions: readonly { folder: string; id: string }[],
  { pinned, tags, removed, notes }: NotedMarks,
): Call[] {
  if (versions.length > mostNamed) return [];
  const changes = [...tags.map((tag) => `+${tag}`), ...removed.map((tag) => `-${tag}`)];
  return versions.flatMap(({ folder, id }): Call[] => [
    ...(pinned ? [{ command: 'pin', words: [folder, id] } as const] : []),
    ...(changes.length > 0 ? [{ command: 'tag', words: [folder, id, ...changes] } as const] : []),
    ...(notes !== null ? [{ command: 'note', words: [folder, id, notes] } as const] : []),
  ]);
}
