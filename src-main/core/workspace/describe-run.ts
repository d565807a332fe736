import type { FoundRun } from '../../../shared/model/runs-output.ts';
import type { WorkspaceRun } from '../../../shared/model/workspace.ts';
import { runFolders } from '../catalog/list-names.ts';
import { readOverrides } from '../config/read-hydra.ts';
import type { RunReader } from '../run-reader.ts';

/** A run below a folder as the window lists it, but for the number by which a window knows it. */
export interface DescribedRun extends Omit<WorkspaceRun, 'handle'> {
  /** The folders in which it keeps versions, by its own config, relative to it; '' for itself. */
  versionsIn: string[];
}

/** The last that JavaScript can tell, in milliseconds. */
const latestDate = 8.64e15;

/** @param run as it was looked at @param found what is told of it everywhere */
export function describeRun(run: RunReader, found: FoundRun): DescribedRun {
  const latest = found.latest === null ? undefined : run.listed(found.latest);
  const { name, mode } = run.metric;
  return {
    ...found,
    overrides: readOverrides(run.root),
    metric: { name, mode },
    bestValue: run.bestValue,
    latestVersion: latest?.number ?? null,
    latestAt: latest ? (latest.timestamp ?? timeOfFile(latest.modifiedAt)) : null,
    isWriting: isWriting(run),
    versionsIn: runFolders(run.config).map(({ path }) => path),
  };
}

/** In milliseconds; 0 where there is no file. Disks hold times that no calendar has. */
function timeOfFile(modifiedAt: number): string | null {
  return modifiedAt > 0 && modifiedAt < latestDate ? new Date(modifiedAt).toISOString() : null;
}

function isWriting(run: RunReader): boolean {
  for (const { state } of run.list()) if (state === 'writing') return true;
  return false;
}
