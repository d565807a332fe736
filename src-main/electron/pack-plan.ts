import type { PruneOutcome, PrunePlan } from '../../shared/ipc/writing-contract.ts';
import type { RetentionPlan } from '../../shared/query/plan-retention.ts';
import type { VersionHandles } from './version-handles.ts';

/** A plan as the page gets it: of a hundred thousand versions most share what becomes of them, and each is told once. */
export function packPlan(
  { decisions, refused }: RetentionPlan,
  handles: VersionHandles,
): Pick<PrunePlan, 'versions' | 'outcomes' | 'kinds' | 'removed'> {
  const refusals = new Set(refused.map(({ id }) => id));
  const kinds = new OutcomeKinds();
  const versions: number[] = [];
  const outcomes: number[] = [];
  let removed = 0;
  for (const { id, keep, reasons } of decisions) {
    versions.push(handles.handleOf(id));
    outcomes.push(
      keep ? kinds.placeOf({ keep, refused: refusals.has(id), reasons }) : kinds.placeOfGoing(reasons),
    );
    if (!keep) removed += 1;
  }
  return { versions, outcomes, kinds: kinds.all, removed };
}

/** Different outcomes, each once, in the order in which they were first met. */
class OutcomeKinds {
  readonly all: PruneOutcome[] = [];
  readonly #places = new Map<string, number>();
  /** The planner makes each list of these reasons once. */
  readonly #going = new Map<readonly string[], number>();

  placeOf({ keep, refused, reasons }: PruneOutcome): number {
    const key = [keep, refused, ...reasons].join('\0');
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.all.push({ keep, refused, reasons }) - 1;
    this.#places.set(key, place);
    return place;
  }

  placeOfGoing(reasons: readonly string[]): number {
    const known = this.#going.get(reasons);
    if (known !== undefined) return known;
    const place = this.placeOf({ keep: false, refused: false, reasons });
    this.#going.set(reasons, place);
    return place;
  }
}
