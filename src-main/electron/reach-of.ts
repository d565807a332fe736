import type { Reach } from '../../shared/ipc/writing-contract.ts';
import { nameOfVersion } from '../../shared/model/name-of-version.ts';
import { nameWithoutEnding } from '../core/catalog/classify-name.ts';
import type { ListedVersion } from '../core/catalog/listed-version.ts';
import { parseFileName } from '../core/catalog/parse-file-name.ts';

type Facts = Pick<ListedVersion, 'number' | 'step' | 'episode'>;

/** How far training had come with these versions; those that are gone by what their names say. */
export function reachOf(ids: readonly string[], listed: (id: string) => Facts | undefined): Reach {
  let reach: Reach = { version: null, step: null, episode: null };
  for (const id of ids) {
    const { number, step, episode } = listed(id) ?? namedFacts(id);
    reach = {
      version: farther(reach.version, number),
      step: farther(reach.step, step),
      episode: farther(reach.episode, episode),
    };
  }
  return reach;
}

/** What the name of a version says of it. */
export function namedFacts(id: string): Facts {
  const { version, step } = parseFileName(nameWithoutEnding(nameOfVersion(id)));
  return { number: version, step, episode: null };
}

function farther(before: number | null, value: number | null): number | null {
  if (value === null || !Number.isFinite(value)) return before;
  return before === null ? value : Math.max(before, value);
}
