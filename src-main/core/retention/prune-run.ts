import type { SelectionMetric } from '../../../shared/model/metric.ts';
import {
  planRetention,
  type RetentionCandidate,
  type RetentionPlan,
  type RetentionRules,
} from '../../../shared/query/plan-retention.ts';
import { filesOfVersions } from '../catalog/files-of-versions.ts';
import type { Writing } from '../operations/write-run.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { diskGain } from './disk-gain.ts';

/** What pruning asks of the run it prunes. */
export interface PruneSubject {
  /** The versions as the disk has them now. */
  candidates(): Promise<RetentionCandidate[]>;
  /** Reads the bytes of these versions, but for those with a standing verification. */
  verify(ids: readonly string[]): Promise<void>;
}

export interface Pruned {
  plan: RetentionPlan;
  /** The operation to undo; null when nothing had to go. */
  operation: string | null;
  /** Bytes that emptying the trash gives back. */
  bytes: number;
}

/** Moves to the trash what the rules let go, once those that stay are known to be intact. */
export async function pruneRun(
  writing: Writing,
  subject: PruneSubject,
  rules: RetentionRules,
  metric: SelectionMetric,
  automatic: boolean,
): Promise<Pruned> {
  const plan = await planWithIntactSurvivors(subject, rules, metric);
  const ids = removedBy(plan);
  if (ids.size === 0) return { plan, operation: null, bytes: 0 };
  const { disk, root, config } = writing;
  const doomed = filesOfVersions(root, config, ids);
  const bytes = diskGain(doomed.flatMap(({ files }) => files.map((file) => `${root}/${file}`)));
  const reason = automatic ? 'retention after a save' : 'prune';
  const { id } = await moveToTrash(disk, root, writing.newOperation('prune', reason, automatic), doomed);
  return { plan, operation: id, bytes };
}

/** The ids that a plan removes. */
export function removedBy({ decisions }: RetentionPlan): Set<string> {
  return new Set(decisions.flatMap(({ id, keep }) => (keep ? [] : [id])));
}

/**
 * What the rules let go, once the bytes of those that stay have been read. A survivor that turns out to be broken fills no place, so the plan is made again; each round finds at least one more, so
 * it ends.
 */
export async function planWithIntactSurvivors(
  subject: PruneSubject,
  rules: RetentionRules,
  metric: SelectionMetric,
): Promise<RetentionPlan> {
  let plan = planRetention(await subject.candidates(), rules, metric);
  for (;;) {
    if (removedBy(plan).size === 0) return plan;
    await subject.verify(plan.decisions.flatMap(({ id, keep }) => (keep ? [id] : [])));
    const again = planRetention(await subject.candidates(), rules, metric);
    if (sameSurvivors(plan, again)) return again;
    plan = again;
  }
}

function sameSurvivors(a: RetentionPlan, b: RetentionPlan): boolean {
  const [before, now] = [removedBy(a), removedBy(b)];
  return before.size === now.size && [...now].every((id) => before.has(id));
}
