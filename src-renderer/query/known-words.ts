import type { VersionRow } from '../../shared/model/version-row.ts';
import type { KnownWords } from '../../shared/query/language/query-completions.ts';
import type { VersionList } from '../versions/version-list.ts';

/** So many different words of a field are offered at most. */
const most = 200;

const readers: ReadonlyMap<string, (row: VersionRow) => readonly (string | null)[]> = new Map([
  ['tag', (row: VersionRow) => row.tags],
  ['symbol', (row: VersionRow) => [row.symbol]],
]);

/** What the versions of a run have in them; looked up when it is first asked for. */
export function knownWords(list: VersionList): KnownWords {
  const found = new Map<string, string[]>();
  return {
    metrics: list.metrics.list.map(({ name }) => name),
    wordsOf: (field) => {
      if (field === 'run') return [...list.runNames.values()].sort();
      const read = readers.get(field);
      const words = found.get(field) ?? (read ? wordsIn(list, read) : []);
      found.set(field, words);
      return words;
    },
  };
}

function wordsIn(list: VersionList, read: (row: VersionRow) => readonly (string | null)[]): string[] {
  const words = new Set<string>();
  for (const row of list.rows()) {
    for (const word of read(row)) if (word !== null) words.add(word);
    if (words.size >= most) break;
  }
  return [...words].slice(0, most).sort();
}
