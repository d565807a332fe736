import type { PruneOutcome, PrunePlan } from '../../shared/ipc/writing-contract.ts';
import type { RetentionPlan } from '../../shared/query/plan-retention.ts';
import type { VersionHandles } from './version-handles.ts';

/** A plan as the page gets it: of a hundred thousand versions most share what becomes of them, and each is told once. */
export function packPlan(
  { decisions, refused }: RetentionPlan,
  handles: VersionHandles,
): Pick<PrunePlan, 'versions' | 'outcomes' | 'kinds' | 'removed'> {
  const refusals = new Set(refused.map(({ id }) => id));
  const known = new Map<string, number>();
  const kinds: PruneOutcome[] = [];
  const versions: number[] = [];
  const outcomes: number[] = [];
  let removed = 0;
  for (const { id, keep, reasons } of decisions) {
    const refused = keep && refusals.has(id);
    const key = `${keep} ${refused} ${reasons.length === 1 ? reasons[0] : reasons.join('\0')}`;
    let kind = known.get(key);
    if (kind === undefined) {
      kind = kinds.push({ keep, refused, reasons }) - 1;
      known.set(key, kind);
    }
    versions.push(handles.handleOf(id));
    outcomes.push(kind);
    if (!keep) removed += 1;
  }
  return { versions, outcomes, kinds, removed };
}
