import type { RetentionCandidate, RetentionPlan } from './plan-retention.ts';

/** What of the versions that stay holds some bytes: one of them, and the kinds of companions that they have among them. */
interface Held {
  id: string;
  kinds: Set<string>;
}

/**
 * The plan in which of versions of the same bytes those stay too that have companions which none of the others that stay has: a copy of a model
 * without what goes with it is not what was trained. @param versions in the order of the plan's decisions
 */
export function keepCompanions(plan: RetentionPlan, versions: readonly RetentionCandidate[]): RetentionPlan {
  if (versions.every(({ companions }) => companions.length === 0)) return plan;
  const kept = new Set(plan.decisions.flatMap(({ id, keep }) => (keep ? [id] : [])));
  // In one order, wherever the files were found.
  const inOrder = versions.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const held = heldBy(inOrder.filter(({ id }) => kept.has(id)));
  const twins = new Map<string, string>();
  for (const version of inOrder) {
    const twin = kept.has(version.id) ? undefined : lackingTwin(version, held);
    if (!twin) continue;
    for (const kind of version.companions) twin.kinds.add(kind);
    twins.set(version.id, twin.id);
  }
  return {
    ...plan,
    decisions: plan.decisions.map((decision) => {
      const twin = twins.get(decision.id);
      if (twin === undefined) return decision;
      return { ...decision, keep: true, reasons: [`what goes with it fits ${twin} too, which lacks that`] };
    }),
    copies: plan.copies.filter((id) => !twins.has(id)),
    reliedOn: [...new Set([...plan.reliedOn, ...holders(inOrder, kept)])],
  };
}

/** Those that stay and have companions, and the bytes of one that goes: it may be that this one goes because they have all that goes with it. */
function holders(versions: readonly RetentionCandidate[], kept: ReadonlySet<string>): string[] {
  const going = new Set(versions.flatMap(({ id, bytes }) => (kept.has(id) ? [] : (bytes ?? []))));
  const isHolder = ({ id, bytes, companions }: RetentionCandidate) =>
    kept.has(id) && companions.length > 0 && bytes !== null && going.has(bytes);
  return versions.filter(isHolder).map(({ id }) => id);
}

function heldBy(kept: readonly RetentionCandidate[]): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const { id, bytes, companions } of kept) {
    if (bytes === null) continue;
    const one = held.get(bytes) ?? { id, kinds: new Set() };
    for (const kind of companions) one.kinds.add(kind);
    held.set(bytes, one);
  }
  return held;
}

function lackingTwin(
  { bytes, companions, state }: RetentionCandidate,
  held: ReadonlyMap<string, Held>,
): Held | undefined {
  const twin = bytes === null || state === 'torn' || state === 'mismatch' ? undefined : held.get(bytes);
  return twin && companions.some((kind) => !twin.kinds.has(kind)) ? twin : undefined;
}
