import { quoteWord } from '../../../shared/command/quote-word.ts';
import { nameOfVersion } from '../../../shared/model/name-of-version.ts';
import { ModelNotFoundError, UsageError } from '../errors.ts';
import { plural } from '../formats/plain-text.ts';
import { escapeName } from './escape-name.ts';
import { parseFileName } from './parse-file-name.ts';

/** What a version can be named by. */
export interface Nameable {
  id: string;
  number: number | null;
}

/** What versions are looked for in, and the command that lists them: for the sentence that says that one is not there. */
interface Place {
  name: string;
  list: string;
}

const aRun: Place = { name: 'this run', list: 'cairn ls' };

/** So many candidates are named, each with so many characters: no id has more. */
const most = 10;
const longest = 8192;

/**
 * The version that a person's word names: its id, a file name or that of the folder that it is, a number `7` or `v7`, or a file name
 * without its ending; an id or a name also with the escapes that lists show.
 * @throws ModelNotFoundError when there is none, UsageError with the candidates when there are several
 */
export function resolveVersion<T extends Nameable>(
  versions: readonly T[],
  word: string,
  { name, list }: Place = aRun,
): T {
  const exact = versions.find(({ id }) => id === word);
  if (exact) return exact;
  const exactNames = versions.filter((version) => nameOf(version) === word);
  const named = exactNames.length > 0 ? exactNames : findNamed(versions, word);
  const found = named.length > 0 ? named : findShown(versions, word);
  if (found.length === 1 && found[0]) return found[0];
  if (found.length === 0) {
    throw new ModelNotFoundError(
      `no version “${escapeName(word)}” — ${name} has ${plural(versions.length, 'version')}, none of that id, number or file name — list them with ${list}`,
    );
  }
  throw new UsageError(
    `“${escapeName(word)}” is ambiguous — it names ${found.length} versions — give one by its id: ${listIds(found)}`,
  );
}

/** In full, and as a shell takes them: they are there to be copied. */
function listIds(versions: readonly Nameable[]): string {
  const named = versions.slice(0, most).map(({ id }) => escapeName(quoteWord(id, 'posix'), longest));
  const more = versions.length - named.length;
  const last = more > 0 ? `${more} more` : named.pop();
  return `${named.join(', ')} or ${last}`;
}

/** By number or file name; where none has that number, by the one in its name, for its sidecar may have another. */
function findNamed<T extends Nameable>(versions: readonly T[], word: string): T[] {
  const digits = /^v?(\d{1,15})$/.exec(word)?.[1];
  const number = digits === undefined ? null : Number(digits);
  const found = versions.filter(
    (version) => (number !== null && version.number === number) || stemOf(version) === word,
  );
  if (found.length > 0 || number === null) return found;
  return versions.filter((version) => parseFileName(stemOf(version)).version === number);
}

/** By id or name as lists show it: what cannot be printed is an escape there. */
function findShown<T extends Nameable>(versions: readonly T[], word: string): T[] {
  if (!word.includes('\\u')) return [];
  const isShown = (name: string) => escapeName(name, longest) === word;
  return versions.filter((version) => isShown(version.id) || isShown(nameOf(version)));
}

function stemOf(version: Nameable): string {
  return nameOf(version).replace(/\.[^.]+$/, '');
}

function nameOf({ id }: Nameable): string {
  return nameOfVersion(id);
}
