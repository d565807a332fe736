import type { VersionFiles } from './files-of-versions.ts';
import { companionOf, kindOfCompanion, savedWithout } from './layouts/known-layouts.ts';
import type { Lent } from './layouts/lent-companions.ts';

/** What a run lends its models, and which files go with each. */
interface LendingRun {
  readOwnRecords(ids: readonly string[]): Promise<void>;
  lent(): readonly Lent[];
  describe(id: string): { companions: readonly string[] };
}

/**
 * Versions with what others lend those that were saved without it: a copy without statistics acts as nothing that was trained. Where those of
 * several versions fit, none is taken: nothing tells which. Files that may tell the step of such a version are read for it.
 */
export async function withLent(versions: readonly VersionFiles[], run: LendingRun): Promise<VersionFiles[]> {
  const bare = versions.filter(({ id }) => savedWithout(id).length > 0).map(({ id }) => id);
  if (bare.length === 0) return [...versions];
  await run.readOwnRecords(bare);
  const all = run.lent();
  return versions.map((version) => {
    const files = all.filter(({ to }) => to === version.id).flatMap((lent) => fileOf(lent, run));
    return files.length === 0 ? version : { ...version, files: [...version.files, ...files] };
  });
}

function fileOf({ kind, from }: Lent, run: LendingRun): string[] {
  const [only, ...others] = from;
  if (only === undefined || others.length > 0) return [];
  return run.describe(only).companions.filter((path) => kindOfCompanion(path) === kind);
}

/** Whether a file that was copied with a model is one that another lent it: it stays in the run as that one's. */
export function isLentTo(id: string, path: string): boolean {
  const companion = companionOf(path.slice(path.lastIndexOf('/') + 1));
  return companion !== null && !isOwn(id, companion.stem) && savedWithout(id).includes(companion.kind);
}

/** @param stem of a model */
function isOwn(id: string, stem: string): boolean {
  return id.slice(id.lastIndexOf('/') + 1).startsWith(`${stem}.`);
}
