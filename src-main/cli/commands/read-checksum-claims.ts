import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { ModelValidationError, UsageError } from '../../core/errors.ts';
import { readText } from '../../core/files/read-text.ts';
import { type ChecksumList, parseChecksumList } from '../../core/integrity/checksum-list.ts';
import type { Claim } from '../../core/integrity/verification.ts';

const limit = 64 * 1024 * 1024;

/** `problems` are lines that do not count: what they are about is not verified. */
export interface ListedClaims {
  claims: Claim[];
  problems: Problem[];
}

/**
 * What a list of checksums claims of the files beside and below it, or null when the file is no list: `SHA256SUMS` and the
 * like always are, `*.sha256` where it reads as one.
 * @throws UsageError when it lists nothing, or names a file outside its folder
 */
export function readChecksumClaims(path: string): ListedClaims | null {
  const name = basename(path);
  if (/sha256sums?(?:\.txt)?$/i.test(name)) return claimsOf(path, readList(path));
  if (!/\.sha256$/i.test(name)) return null;
  const list = tryReadList(path);
  return list && list.checksums.size > 0 ? claimsOf(path, list) : null;
}

function readList(path: string): ChecksumList {
  return parseChecksumList(readText(realpathSync(path), limit));
}

function tryReadList(path: string): ChecksumList | null {
  try {
    return readList(path);
  } catch (error) {
    if (error instanceof ModelValidationError) return null;
    throw error;
  }
}

function claimsOf(path: string, { checksums, problems }: ChecksumList): ListedClaims {
  if (checksums.size === 0) {
    throw new UsageError(
      `${escapeName(path)} lists no checksum — ${problems[0]?.problem ?? 'it is empty'} — name a file that sha256sum wrote`,
      { path },
    );
  }
  const folder = dirname(realpathSync(path));
  const claims = [...checksums].map(([name, expected]) => {
    const id = idWithin([folder, resolve(dirname(path))], name);
    if (id === null) {
      throw new UsageError(
        `${escapeName(path)} names ${escapeName(name)} — that is outside its folder and is not read — remove that line`,
        { path },
      );
    }
    return { id, path: join(folder, id), expected, recordedSize: null, previous: null };
  });
  return { claims, problems: problems.map(({ problem }) => ({ path, problem })) };
}

/** A listed name relative to the folder, however the folder is spelt in it; null when it leads out. */
function idWithin(spellings: readonly string[], name: string): string | null {
  for (const folder of spellings) {
    const way = relative(folder, resolve(folder, name));
    if (way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) {
      return way.split(sep).join('/');
    }
  }
  return null;
}
