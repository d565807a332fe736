import type { VersionRow } from '../model/version-row.ts';

/** What versions that stand side by side are called: `v10`, else the name of the file; the whole id where that is not one's own. */
export function columnNames(rows: readonly Pick<VersionRow, 'version' | 'id'>[]): string[] {
  const numbers = rows.map(({ version, id }) => (version === null ? fileName(id) : `v${version}`));
  const files = rows.map(({ id }, place) =>
    isOnlyOne(numbers, place) ? (numbers[place] ?? id) : fileName(id),
  );
  return rows.map(({ id }, place) => (isOnlyOne(files, place) ? (files[place] ?? id) : id));
}

function isOnlyOne(names: readonly string[], place: number): boolean {
  const name = names[place] ?? '';
  return names.indexOf(name) === names.lastIndexOf(name);
}

function fileName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
