import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelValidationError } from '../errors.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { numberedLinesIn } from '../files/lines-in.ts';
import { readText } from '../files/read-text.ts';
import { formatCount } from '../formats/plain-text.ts';

/** The file in a run folder that lists checksums, in the format of GNU `sha256sum`. */
export const checksumListName = 'SHA256SUMS';

const limit = 64 * 1024 * 1024;
/** So many lines that do not count are told one by one; a list may be of nothing else. */
const mostTold = 20;
const line = /^(\\?)([0-9a-fA-F]{64}) [ *](.+)$/;
/** As `sha256sum --tag` writes it. */
const taggedLine = /^(\\?)SHA256 \((.+)\) = ([0-9a-fA-F]{64})$/;

/** Names that are no plain way down from where they are. */
const mayLeadOut = /^[/\\]|^[A-Za-z]:|^\.?$|(?:^|[/\\])\.\.(?:[/\\]|$)/;

export interface ChecksumList {
  /** SHA-256 in lower-case hex by name, names as in the file, `./` left out. */
  checksums: Map<string, string>;
  /** Names that have several: the list cannot tell which is right. */
  contradicted: ReadonlySet<string>;
  /** Lines that do not count, the first ones and how many more. */
  problems: Problem[];
}

/**
 * The text of a GNU `SHA256SUMS` file: `HEX  NAME` a line, or as `--tag` has it, `#` before what is none, a leading backslash where the name has escapes. Of a name that has several
 * checksums none counts.
 * @param isInside whether a file of that name, which is made of its folder and parts, is one that the list may be about; the others do not count
 */
export function parseChecksumList(
  text: string,
  isInside: (name: string) => boolean = () => true,
): ChecksumList {
  const lines = new ListLines(isInside);
  for (const [line, number] of numberedLinesIn(text)) lines.add(line.replace(/\r$/, ''), number);
  return { checksums: lines.checksums, contradicted: lines.contradicted, problems: lines.faults.problems };
}

/** What the lines of a list say, taken in one after another. */
class ListLines {
  readonly checksums = new Map<string, string>();
  readonly faults = new LineFaults();
  readonly contradicted = new Set<string>();
  readonly #isInside: (name: string) => boolean;

  constructor(isInside: (name: string) => boolean) {
    this.#isInside = isInside;
  }

  add(row: string, number: number): void {
    if (row === '' || row.startsWith('#')) return;
    const read = readLine(row);
    if (read) this.#take(read, number);
    else this.faults.add(number, () => 'is not “SHA-256, two spaces, name”');
  }

  #take({ name, checksum }: { name: string; checksum: string }, number: number): void {
    if (mayLeadOut.test(name) && !this.#isInside(name))
      return this.faults.add(
        number,
        () => `names ${escapeName(name)}, which is outside its folder: it is not read`,
      );
    const known = this.checksums.get(name);
    if (known === checksum) return;
    if (known === undefined && !this.contradicted.has(name)) {
      this.checksums.set(name, checksum);
      return;
    }
    this.contradicted.add(name);
    this.checksums.delete(name);
    this.faults.add(
      number,
      () => `gives another checksum of ${escapeName(name)} than a line before it: none of them counts`,
    );
  }
}

/** Those lines of a list that do not count. */
class LineFaults {
  readonly #first: Problem[] = [];
  #more = 0;

  get problems(): Problem[] {
    if (this.#more === 0) return this.#first;
    const more = this.#more === 1 ? '1 more line does' : `${formatCount(this.#more)} more lines do`;
    return [...this.#first, { path: checksumListName, problem: `${more} not count` }];
  }

  add(number: number, tell: () => string): void {
    if (this.#first.length < mostTold)
      this.#first.push({ path: checksumListName, problem: `line ${number} ${tell()}` });
    else this.#more += 1;
  }
}

function readLine(row: string): { name: string; checksum: string } | null {
  const [, tagEscaped, tagName, tagHex] = taggedLine.exec(row) ?? [];
  const [, escaped = tagEscaped, hex = tagHex, name = tagName] = line.exec(row) ?? [];
  return hex && name ? { name: unescapeName(name, escaped === '\\'), checksum: hex.toLowerCase() } : null;
}

/** The name that a line of such a file is about, with or without its end; null for a line that is about none. */
export function nameInLine(row: string): string | null {
  return readLine(row.replace(/\r?\n?$/, ''))?.name ?? null;
}

/** A run's own list; empty when there is none. */
export function readChecksumList(path: string): ChecksumList {
  try {
    return parseChecksumList(readText(path, limit), (name) => nameWithin([dirname(path)], name) !== null);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { ...nothing(), problems: [] };
    const reason = error instanceof ModelValidationError ? error.message : explainError(error);
    return {
      ...nothing(),
      problems: [{ path: checksumListName, problem: `cannot be read: ${reason}` }],
    };
  }
}

/**
 * A listed name relative to the folder of the list, with `/`; null when it leads out.
 * @param spellings absolute paths of that folder: a name may be absolute too
 */
export function nameWithin(spellings: readonly string[], name: string): string | null {
  for (const folder of spellings) {
    const way = relative(folder, resolve(folder, name));
    if (way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) {
      return way.split(sep).join('/');
    }
  }
  return null;
}

function nothing(): Omit<ChecksumList, 'problems'> {
  return { checksums: new Map(), contradicted: new Set() };
}

function unescapeName(name: string, escaped: boolean): string {
  const text = escaped
    ? name.replace(/\\([\\nr])/g, (_all, mark) => ({ n: '\n', r: '\r' })[mark as string] ?? '\\')
    : name;
  return text.replace(/^(?:\.\/)+/, '');
}
