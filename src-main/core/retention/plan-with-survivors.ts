import type { SelectionMetric } from '../../../shared/model/metric.ts';
import {
  planRetention,
  type RetentionCandidate,
  type RetentionPlan,
  type RetentionRules,
} from '../../../shared/query/plan-retention.ts';
import { ModelManagerError } from '../errors.ts';

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

/** Of the versions that a plan removes because others have their bytes, which others: in words, by their ids. */
export function copiesIn({ decisions, copies }: RetentionPlan): Map<string, string> {
  const gone = new Set(copies);
  return new Map(
    decisions.flatMap(({ id, reasons: [why] }) => (why !== undefined && gone.has(id) ? [[id, why]] : [])),
  );
}

function keptBy({ decisions }: RetentionPlan): string[] {
  return decisions.flatMap(({ id, keep }) => (keep ? [id] : []));
}

/** Those whose bytes decide what goes, and copies of them. Whether a file of no known format is to be believed all that stay tell together. */
export function decisiveIn(plan: RetentionPlan, candidates: readonly RetentionCandidate[]): string[] {
  const areAll = candidates.some(({ recognised }) => recognised === false);
  return [...(areAll ? keptBy(plan) : plan.reliedOn), ...plan.copies];
}

/** What decides; after the second round all that stays too, and what the rules would keep with twice as many places in each. */
function toRead(
  plan: RetentionPlan,
  candidates: RetentionCandidate[],
  rules: RetentionRules,
  metric: SelectionMetric,
  round: number,
): string[] {
  if (round < 2) return decisiveIn(plan, candidates);
  const more = (places: number | null) => places && places * 2 ** Math.min(round - 1, 20);
  const { keepBest, keepLatest } = rules;
  const wider = { ...rules, keepBest: more(keepBest), keepLatest: more(keepLatest) };
  return [...keptBy(plan), ...plan.copies, ...keptBy(planRetention(candidates, wider, metric))];
}

/** How often a run may have changed by itself while those that stay are read. */
const mostChanges = 50;

/**
 * What the rules let go, once the bytes of those that this relies on have been read, and of those that go as copies of them: a sidecar may tell of other
 * bytes than there are. A survivor that turns out to be broken fills no
 * place, and what cannot be moved stays, so the plan is made again; each round finds at least one more, so it ends, unless others save meanwhile.
 * So that many copies of one model, or many that are broken, do not cost a round each, more is read ahead from the third round on, all that
 * stay and twice as much of the others each time; a round in which others saved counts for none of these.
 * @throws ModelManagerError where they do so again and again; the signal's reason
 */
export async function planWithIntactSurvivors(
  subject: PruneSubject,
  rules: RetentionRules,
  signal?: AbortSignal,
): Promise<RetentionPlan> {
  let candidates = await subject.candidates();
  let plan = planRetention(candidates, rules, subject.metric());
  const read = new Set<string>();
  for (let changes = 0, round = 0; changes <= mostChanges; ) {
    signal?.throwIfAborted();
    const removed = removedBy(plan);
    if (removed.size === 0) return plan;
    await subject.tryToMove(removed);
    await readOnce(subject, toRead(plan, candidates, rules, subject.metric(), round), read);
    candidates = await subject.candidates();
    const again = planRetention(candidates, rules, subject.metric());
    if (isSettled(plan, again, candidates, read)) return again;
    if (haveSameVersions(plan, again)) round += 1;
    else changes += 1;
    plan = again;
  }
  throw new ModelManagerError(
    'nothing was pruned — others save to this run faster than what is to stay can be read — prune it when they pause',
  );
}

/** @param read is given the ids */
async function readOnce(subject: PruneSubject, ids: readonly string[], read: Set<string>): Promise<void> {
  const asked = [...new Set(ids)];
  await subject.verify(asked);
  for (const id of asked) read.add(id);
}

/** Whether a plan removes what the one before did, and all was read that decides it. */
function isSettled(
  before: RetentionPlan,
  now: RetentionPlan,
  candidates: RetentionCandidate[],
  read: ReadonlySet<string>,
): boolean {
  return sameSurvivors(before, now) && decisiveIn(now, candidates).every((id) => read.has(id));
}

function haveSameVersions(a: RetentionPlan, b: RetentionPlan): boolean {
  const before = new Set(a.decisions.map(({ id }) => id));
  return a.decisions.length === b.decisions.length && b.decisions.every(({ id }) => before.has(id));
}

/** Whether both remove the same. */
function sameSurvivors(a: RetentionPlan, b: RetentionPlan): boolean {
  const [before, now] = [removedBy(a), removedBy(b)];
  return before.size === now.size && [...now].every((id) => before.has(id));
}
