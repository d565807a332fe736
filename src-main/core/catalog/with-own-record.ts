import { nameWithoutEnding } from './classify-name.ts';
import type { Meaning } from './interpret-record.ts';
import { type ListedVersion, listVersion } from './listed-version.ts';
import { makeEntry } from './make-entry.ts';
import { parseFileName } from './parse-file-name.ts';
import type { StateInName } from './read-state.ts';

/** A version that was listed without a sidecar, as the record inside its file describes it: the name fills what that lacks. */
export function withOwnRecord(listed: ListedVersion, own: Meaning, metric: string): ListedVersion {
  const { id, kind, size, checksum, backups, identity, state, detail, number } = listed;
  if (own.metadata === null && own.problems.length === 0) return listed;
  const facts = {
    ...{
      id,
      kind,
      size,
      backups,
      listedChecksum: checksum,
      metadata: own.metadata,
      metadataFrom: 'contents' as const,
    },
    // A folder that is a version has its number in its own name.
    named: { ...parseFileName(nameWithoutEnding(id.slice(id.lastIndexOf('/') + 1))), version: number },
    problems: [...listed.problems, ...own.problems],
    fault: listed.fault,
    state: namedState(listed),
  };
  const { companions, companionState } = listed;
  return { ...listVersion(makeEntry(facts, identity), metric), state, detail, companions, companionState };
}

/** What it was listed by: of a version without a sidecar that is what its name says. */
function namedState({ step, episode, reward, metrics }: ListedVersion): StateInName | null {
  const { names, values, at } = metrics;
  if (names.length === 0 && [step, episode, reward].every((each) => each === null)) return null;
  const measured = names.map((name, index) => [name, values[at + index] ?? Number.NaN] as const);
  return { step, episode, reward, metrics: measured };
}
