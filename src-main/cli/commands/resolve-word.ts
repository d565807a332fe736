import { resolveVersion } from '../../core/catalog/resolve-version.ts';
import { ModelNotFoundError } from '../../core/errors.ts';
import type { RunReader } from '../../core/run-reader.ts';
import { choose } from './choose.ts';

/** The version a person's word names: an id, `7`, `v7`, a file name, `best`, `best:METRIC` or `latest`. @throws ModelNotFoundError, UsageError */
export async function resolveWord(manager: RunReader, word: string): Promise<string> {
  const [, kind, metric] = /^(best|latest)(?::(.+))?$/.exec(word) ?? [];
  if (kind === undefined || (kind === 'latest' && metric !== undefined))
    return resolveVersion([...manager.list()], word).id;
  const { id } = await choose(
    manager,
    kind === 'best' ? { what: 'best', ...(metric === undefined ? {} : { metric }) } : { what: 'latest' },
  );
  if (id !== null) return id;
  throw new ModelNotFoundError(`no ${word} version — none is intact — verify the run to see why`);
}
