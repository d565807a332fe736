import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { ModelValidationError, UsageError } from '../../core/errors.ts';
import { readText } from '../../core/files/read-text.ts';
import { nameWithin, parseChecksumList } from '../../core/integrity/checksum-list.ts';
import type { Claim } from '../../core/integrity/verification.ts';

const limit = 64 * 1024 * 1024;

/** `problems` are lines that do not count: what they are about is not verified. */
export interface ListedClaims {
  claims: Claim[];
  problems: Problem[];
}

/**
 * What a list of checksums claims of the files beside and below it, or null when the file is no list: `SHA256SUMS` and the
 * like always are, `*.sha256` where it reads as one. Files outside its folder are none that it may be about.
 * @throws UsageError when no line of it counts
 */
export function readChecksumClaims(path: string): ListedClaims | null {
  const name = basename(path);
  const isCalledList = /sha256sums?(?:\.txt)?$/i.test(name);
  if (!isCalledList && !(/\.sha256$/i.test(name) && readsAsList(path))) return null;
  return claimsOf(path);
}

function readsAsList(path: string): boolean {
  try {
    return parseChecksumList(textOf(path)).checksums.size > 0;
  } catch (error) {
    if (error instanceof ModelValidationError) return false;
    throw error;
  }
}

function textOf(path: string): string {
  return readText(realpathSync(path), limit);
}

function claimsOf(path: string): ListedClaims {
  const folder = dirname(realpathSync(path));
  // Absolute names in it may spell the folder as it was named here.
  const spellings = [folder, resolve(dirname(path))];
  const isInside = (name: string) => nameWithin(spellings, name) !== null;
  const { checksums, problems } = parseChecksumList(textOf(path), isInside);
  if (checksums.size === 0) {
    throw new UsageError(
      `${escapeName(path)} lists no checksum — ${problems[0]?.problem ?? 'it is empty'} — name a file that sha256sum wrote`,
      { path },
    );
  }
  const claims = [...checksums].flatMap(([name, expected]) => {
    const id = nameWithin(spellings, name);
    return id === null ? [] : [{ id, path: join(folder, id), expected, recordedSize: null, previous: null }];
  });
  return { claims, problems: problems.map(({ problem }) => ({ path, problem })) };
}
