import { join, posix, resolve } from 'node:path';
import type { BackupManifest } from '../../core/backup/backup-manifest.ts';
import { nameWithoutEnding } from '../../core/catalog/classify-name.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { leadsTo } from '../../core/catalog/find-links.ts';
import { parseFileName } from '../../core/catalog/parse-file-name.ts';
import { resolveVersion } from '../../core/catalog/resolve-version.ts';
import { ModelNotFoundError, UsageError } from '../../core/errors.ts';
import { isLink, tryLookAt } from '../../core/files/file-identity.ts';
import { findWhatIsNamed } from '../../core/find-what-is-named.ts';
import type { RunReader } from '../../core/run-reader.ts';
import { choose } from './choose.ts';

/** The version a person's word names: an id, `7`, `v7`, a file name, a path to one, `best`, `best:METRIC` or `latest`. @throws ModelNotFoundError, UsageError */
export async function resolveWord(manager: RunReader, word: string): Promise<string> {
  const badge = await resolveBadge(manager, word);
  if (badge !== null) return badge;
  assertNoLink(manager, word);
  return idAt(manager, word) ?? resolveVersion([...manager.list()], word).id;
}

/** The version that a path leads to, as `best` prints it and a shell completes it; null where the word is none, or leads to none of this run. */
function idAt(manager: RunReader, word: string): string | null {
  const isPath = word.includes('/') && !manager.listed(word);
  const path = resolve(word);
  const there = isPath ? tryLookAt(path) : null;
  if (there === null || there instanceof Error || isLink(there)) return null;
  const named = findWhatIsNamed(path);
  return named.kind === 'run' && named.root === manager.root && named.id !== null ? named.id : null;
}

/** What is done to the version that a link leads to must be meant for that. @throws UsageError */
function assertNoLink(manager: RunReader, word: string): void {
  if (!isLink(tryLookAt(join(manager.root, word)))) return;
  const target = leadsTo(manager.root, word);
  if (target === null || !manager.version(target)) return;
  throw new UsageError(
    `“${escapeName(word)}” is another name of a version — it is a symbolic link to ${escapeName(target)} — name that`,
  );
}

/** The version that `best`, `best:METRIC` or `latest` means; null for any other word. @throws ModelNotFoundError where none is intact */
async function resolveBadge(manager: RunReader, word: string): Promise<string | null> {
  const [, kind, metric] = /^(best|latest)(?::(.+))?$/.exec(word) ?? [];
  if (kind === undefined || (kind === 'latest' && metric !== undefined)) return null;
  const { id } = await choose(
    manager,
    kind === 'best' ? { what: 'best', ...(metric === undefined ? {} : { metric }) } : { what: 'latest' },
  );
  if (id !== null) return id;
  throw new ModelNotFoundError(`no ${word} version — none is intact — verify the run to see why`);
}

/**
 * The version of a backup that a person's word names, whether or not the run still has it. `best` and `latest` are those of the run now.
 * @throws ModelNotFoundError, UsageError
 */
export async function resolveBackedUp(
  manager: RunReader,
  { id, versions }: Pick<BackupManifest, 'id' | 'versions'>,
  word: string,
): Promise<string> {
  const numbers = new Map([...manager.list()].map((listed) => [listed.id, listed.number]));
  const held = versions.map((version) => ({
    id: version.id,
    number: numbers.get(version.id) ?? numberInName(version.id),
  }));
  const badge = held.some((version) => version.id === word) ? null : await resolveBadge(manager, word);
  return badge ?? resolveVersion(held, word, { name: `backup ${id}`, list: 'cairn backups --json' }).id;
}

function numberInName(id: string): number | null {
  return parseFileName(nameWithoutEnding(posix.basename(id))).version;
}
