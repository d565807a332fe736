import { ModelNotFoundError, UsageError } from '../errors.ts';
import { escapeName } from './escape-name.ts';

/** What a version can be named by. */
export interface Nameable {
  id: string;
  number: number | null;
}

/**
 * The version that a person's word names: its id, a file name, a number `7` or `v7`, or a file name
 * without its ending.
 * @throws ModelNotFoundError when there is none, UsageError with the candidates when there are several
 */
export function resolveVersion<T extends Nameable>(versions: readonly T[], word: string): T {
  const exact = versions.find(({ id }) => id === word);
  if (exact) return exact;
  const exactNames = versions.filter((version) => nameOf(version) === word);
  const found = exactNames.length > 0 ? exactNames : versions.filter((version) => isNamed(version, word));
  if (found.length === 1 && found[0]) return found[0];
  if (found.length === 0) {
    throw new ModelNotFoundError(
      `no version “${escapeName(word)}” — this run has ${versions.length} versions, none of that id, number or file name — list them with cairn ls`,
    );
  }
  const candidates = found
    .slice(0, 10)
    .map(({ id }) => escapeName(id))
    .join(', ');
  throw new UsageError(`“${escapeName(word)}” is ambiguous — it could be ${candidates} — name one by its id`);
}

function isNamed(version: Nameable, word: string): boolean {
  const number = /^v?(\d{1,15})$/.exec(word)?.[1];
  if (number !== undefined && version.number === Number(number)) return true;
  return nameOf(version).replace(/\.[^.]+$/, '') === word;
}

function nameOf({ id }: Nameable): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
