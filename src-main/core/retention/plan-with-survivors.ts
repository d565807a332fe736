import type { SelectionMetric } from '../../../shared/model/metric.ts';
import {
  planRetention,
  type RetentionCandidate,
  type RetentionPlan,
  type RetentionRules,
} from '../../../shared/query/plan-retention.ts';

/** What planning asks of the run. */
export interface PruneSubject {
  /** The versions as the disk has them now. */
  candidates(): Promise<RetentionCandidate[]>;
  /** What decides who is better; asked after the candidates, whose values are those of it. */
  metric(): SelectionMetric;
  /** Finds out which of these cannot be moved. */
  tryToMove(ids: ReadonlySet<string>): Promise<void>;
  /** Reads the bytes of these versions, but for those with a standing verification. */
  verify(ids: readonly string[]): Promise<void>;
}

/** The ids that a plan removes. */
export function removedBy({ decisions }: RetentionPlan): Set<string> {
  return new Set(decisions.flatMap(({ id, keep }) => (keep ? [] : [id])));
}

/**
 * What the rules let go, once the bytes of those that stay have been read. A survivor that turns out to be broken fills no
 * place, and what cannot be moved stays, so the plan is made again; each round finds at least one more, so it ends.
 */
export async function planWithIntactSurvivors(
  subject: PruneSubject,
  rules: RetentionRules,
): Promise<RetentionPlan> {
  let plan = planRetention(await subject.candidates(), rules, subject.metric());
  for (;;) {
    const removed = removedBy(plan);
    if (removed.size === 0) return plan;
    await subject.tryToMove(removed);
    await subject.verify(plan.decisions.flatMap(({ id, keep }) => (keep ? [id] : [])));
    const again = planRetention(await subject.candidates(), rules, subject.metric());
    if (sameSurvivors(plan, again)) return again;
    plan = again;
  }
}

function sameSurvivors(a: RetentionPlan, b: RetentionPlan): boolean {
  const [before, now] = [removedBy(a), removedBy(b)];
  return before.size === now.size && [...now].every((id) => before.has(id));
}
