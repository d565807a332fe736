import type { Problem } from '../../../shared/model/run.ts';
import { ModelValidationError } from '../errors.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { readText } from '../files/read-text.ts';

/** The file in a run folder that lists checksums, in the format of GNU `sha256sum`. */
export const checksumListName = 'SHA256SUMS';

const limit = 64 * 1024 * 1024;
const line = /^(\\?)([0-9a-fA-F]{64}) [ *](.+)$/;

export interface ChecksumList {
  /** SHA-256 in lower-case hex by name, names as in the file, `./` left out. */
  checksums: Map<string, string>;
  problems: Problem[];
}

/** The text of a GNU `SHA256SUMS` file: `HEX  NAME` a line, a leading backslash where the name has escapes. */
export function parseChecksumList(text: string): ChecksumList {
  const checksums = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [index, row] of text.split(/\r?\n/).entries()) {
    if (row === '') continue;
    const read = readLine(row);
    if (read) checksums.set(read.name, read.checksum);
    else
      problems.push({
        path: checksumListName,
        problem: `line ${index + 1} is not “SHA-256, two spaces, name”`,
      });
  }
  return { checksums, problems };
}

function readLine(row: string): { name: string; checksum: string } | null {
  const [, escaped, hex, name] = line.exec(row) ?? [];
  return hex && name ? { name: unescapeName(name, escaped === '\\'), checksum: hex.toLowerCase() } : null;
}

/** The name that a line of such a file is about, with or without its end; null for a line that is about none. */
export function nameInLine(row: string): string | null {
  return readLine(row.replace(/\r?\n?$/, ''))?.name ?? null;
}

/** A run's own list; empty when there is none. */
export function readChecksumList(path: string): ChecksumList {
  try {
    return parseChecksumList(readText(path, limit));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { checksums: new Map(), problems: [] };
    const reason = error instanceof ModelValidationError ? error.message : explainError(error);
    return {
      checksums: new Map(),
      problems: [{ path: checksumListName, problem: `cannot be read: ${reason}` }],
    };
  }
}

function unescapeName(name: string, escaped: boolean): string {
  const text = escaped
    ? name.replace(/\\([\\nr])/g, (_all, mark) => ({ n: '\n', r: '\r' })[mark as string] ?? '\\')
    : name;
  return text.replace(/^(?:\.\/)+/, '');
}
