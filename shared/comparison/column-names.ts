import { nameOfVersion } from '../model/name-of-version.ts';
import type { VersionRow } from '../model/version-row.ts';

type Named = Pick<VersionRow, 'version' | 'id'>;

/**
 * What versions that stand side by side are called: `v10`, else the name of the file; the whole id where that is not one's own. Where they
 * are of several runs, each name follows that of its run: `ppo · v10`.
 * @param runs the name of the run of each
 */
export function columnNames(rows: readonly Named[], runs: readonly string[]): string[] {
  const named = (name: (row: Named, place: number) => string) =>
    rows.map((row, place) => ({ run: runs[place] ?? '', name: name(row, place) }));
  const numbers = named(({ version, id }) => (version === null ? nameOfVersion(id) : `v${version}`));
  const files = named(({ id }, place) => own(numbers, place) ?? nameOfVersion(id));
  const names = rows.map(({ id }, place) => own(files, place) ?? id);
  return new Set(runs).size > 1 ? names.map((name, place) => `${runs[place]} · ${name}`) : names;
}

/** The name at a place, where no other of its run has it. */
function own(names: readonly { run: string; name: string }[], place: number): string | null {
  const one = names[place];
  const others = names.filter(({ run, name }, at) => at !== place && run === one?.run && name === one.name);
  return one && others.length === 0 ? one.name : null;
}
