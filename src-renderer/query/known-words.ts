import type { VersionRow } from '../../shared/model/version-row.ts';
import type { KnownWords } from '../../shared/query/language/query-completions.ts';
import type { VersionList } from '../versions/version-list.ts';

/** So many different words of a field are offered at most. */
const most = 200;

const readers: ReadonlyMap<string, (row: VersionRow) => readonly (string | null)[]> = new Map([
  ['tag', (row: VersionRow) => row.tags],
  ['symbol', (row: VersionRow) => [row.symbol]],
]);

/** What the versions of a run have in them; looked up when it is asked for. */
export function knownWords(list: VersionList): KnownWords {
  return {
    metrics: list.metrics.list.map(({ name }) => name),
    wordsOf: (field) => {
      if (field === 'run') return [...list.runNames.values()].sort();
      const read = readers.get(field);
      return read ? wordsIn(list, read) : [];
    },
  };
}

function wordsIn(list: VersionList, read: (row: VersionRow) => readonly (string | null)[]): string[] {
  const words = new Set<string>();
  for (const row of list.rows()) {
    for (const word of read(row)) if (word !== null && words.size < most) words.add(word);
  }
  return [...words].sort();
}
