import { placeInRun } from '../../shared/ipc/handles.ts';
import type { PruneOutcome, PrunePlan } from '../../shared/ipc/writing-contract.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';

/** The versions of a plan, as rows by their handles. */
export interface Listed {
  get: (handle: number) => VersionRow | undefined;
  rows: () => Iterable<VersionRow>;
}

/** A version of a plan, by its handle, and what becomes of it. */
export interface PlannedRow {
  version: number;
  outcome: PruneOutcome;
}

/** What can become of a version; `refused` stays whatever the rules say. */
export type Fate = 'goes' | 'refused' | 'stays';

/** Handles in the order in which a plan lists versions: by kind, then by number, then by name. */
export function orderVersions(list: Pick<Listed, 'rows'>): number[] {
  return [...list.rows()].sort(byNumber).map(({ handle }) => handle);
}

function byNumber(a: VersionRow, b: VersionRow): number {
  if (a.kind !== b.kind) return a.kind === 'best' ? -1 : 1;
  return (a.version ?? -1) - (b.version ?? -1) || (a.id < b.id ? -1 : 1);
}

/** The versions of a plan by what becomes of them, each part in the order given; those that are not in it come last. */
export function fatesOf(plan: PrunePlan, order: readonly number[]): Record<Fate, PlannedRow[]> {
  const places = placesOf(plan);
  const rows: Record<Fate, PlannedRow[]> = { goes: [], refused: [], stays: [] };
  const add = (version: number) => {
    const place = placeInRun(version);
    const outcome = plan.kinds[places[place] ?? none];
    if (!outcome) return;
    places[place] = none;
    rows[outcome.keep ? (outcome.refused ? 'refused' : 'stays') : 'goes'].push({ version, outcome });
  };
  for (const version of order) add(version);
  for (const version of plan.versions) add(version);
  return rows;
}

const none = -1;

/** The place of each version's outcome among the kinds, by the version's place in its run: an array of numbers is many times faster than a map. */
function placesOf({ versions, outcomes }: PrunePlan): Int32Array {
  const most = versions.reduce((so, version) => Math.max(so, placeInRun(version)), 0);
  const places = new Int32Array(most + 1).fill(none);
  versions.forEach((version, index) => {
    places[placeInRun(version)] = outcomes[index] ?? none;
  });
  return places;
}
