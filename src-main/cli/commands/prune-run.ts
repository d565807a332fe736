import type { SelectionMetric } from '../../../shared/model/metric.ts';
import { isOfFramework } from '../../../shared/model/recognised-layout.ts';
import type { PruneOutput } from '../../../shared/model/writing-outputs.ts';
import type { RetentionRules } from '../../../shared/query/plan-retention.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { UsageError } from '../../core/errors.ts';
import { formatCount } from '../../core/formats/plain-text.ts';
import type { ModelManager } from '../../core/model-manager.ts';
import { metricsInstead } from '../../core/retention/find-ranking.ts';
import type { PrunePlan } from '../../core/retention/run-retention.ts';
import { tellDoubted } from '../../core/retention/tell-doubted.ts';
import { warningsOfPruning } from '../../core/retention/warnings-of-pruning.ts';
import { askedMetric, type MetricOptions } from './asked-metric.ts';
import { warnUnlike } from './load-reader.ts';
import { loadRun, openingOf, type WritingOptions } from './load-run.ts';

export interface PruneOptions extends WritingOptions, MetricOptions {
  keepBest?: number;
  keepLatest?: number;
  keepEvery?: number;
  kinds?: RetentionRules['kinds'];
  yes?: boolean;
}

/** The plan of a run, what is told of it, and whether it was done. */
export interface PrunedRun {
  root: string;
  plan: PrunePlan;
  output: PruneOutput;
}

/** The plan, and with `yes` its doing. @throws the signal's reason, with everything as it was */
export async function pruneRun(
  folder: string,
  options: PruneOptions,
  signal: AbortSignal,
): Promise<PrunedRun> {
  const manager = await loadRun(folder, openingOf(options));
  // A metric may stand in files alone.
  await manager.readOwnRecords(undefined, { signal });
  warnUnlike(manager, options);
  const metric = askedMetric(manager, () => manager.settledMetric, options);
  assertRules(options);
  const rules = rulesOf(manager, options);
  const ranking = metric ?? manager.settledMetric;
  assertRanked(manager, ranking, rules);
  // Before it is done: versions that go are compared too.
  const warnings = await warningsOfPruning(manager, ranking);
  const reading = { signal };
  const done = options.yes ? await manager.prune(rules, { ...(metric ? { metric } : {}), reading }) : null;
  const plan = done?.plan ?? (await manager.planPrune(rules, metric, reading));
  const output = {
    applied: done !== null,
    operation: done?.operation ?? null,
    bytes_freed_now: 0,
    versions: plan.decisions.map(({ id, keep, reasons }) => ({ id, keep, reasons: [...reasons] })),
    bytes_freed: plan.bytes,
    bytes_freed_at_most: plan.atMost,
    refused: plan.refused,
    kinds: rules.kinds,
    warnings: [...warnings, ...tellDoubted(manager, plan.refused)],
  };
  return { root: manager.root, plan, output };
}

/** @throws UsageError */
export function assertRules({ keepEvery }: PruneOptions): void {
  if (keepEvery !== 0) return;
  throw new UsageError(
    '--keep-every 0 is no rule — one version in so many steps is kept — give a number from 1',
  );
}

/** The best must stay: where nothing tells which that is, none may go. @throws UsageError with the metrics there are */
function assertRanked(manager: ModelManager, metric: SelectionMetric, rules: RetentionRules): void {
  const there = metricsInstead(manager, metric, rules);
  if (there === null || !isAnyConcerned(manager, metric, rules)) return;
  const instead = there.map((name) => `--metric ${escapeName(name)}`).join(', ');
  const why = rules.keepBest
    ? `keeping the ${formatCount(rules.keepBest)} best would keep none`
    : 'which one is the best, and must stay, is not known';
  throw new UsageError(
    `no version has a ${escapeName(metric.name)} — ${why} — ${instead ? `rank by another one: ${instead}` : 'keep the newest by --keep-latest'}`,
  );
}

/** The best of versions that cannot be ranked are none: all of them would go. By other rules those go that no rule keeps. */
function isAnyConcerned(manager: ModelManager, metric: SelectionMetric, rules: RetentionRules): boolean {
  if (!rules.keepBest) return manager.simulatePrune(rules, metric).decisions.some(({ keep }) => !keep);
  for (const { kind } of manager.list()) if (rules.kinds === 'all' || kind === 'best') return true;
  return false;
}

/** With no rule given, that of the run: so many best models. */
function rulesOf(manager: ModelManager, options: PruneOptions): RetentionRules {
  const { keepBest, keepLatest, keepEvery, kinds = kindsOf(manager, options) } = options;
  const ownRule = (keepLatest ?? keepEvery) === undefined ? manager.config.max_best_models || null : null;
  return {
    keepBest: keepBest ?? ownRule,
    keepLatest: keepLatest ?? null,
    keepEvery: keepEvery ?? null,
    kinds,
  };
}

/**
 * A rule about the best concerns best models, and leaves checkpoints alone, but where a framework laid the run out: there the best are found
 * among checkpoints. What is newest, or stands at a step, is asked of all.
 */
function kindsOf(
  manager: ModelManager,
  { keepBest, keepLatest, keepEvery }: PruneOptions,
): RetentionRules['kinds'] {
  if ((keepLatest ?? keepEvery) !== undefined) return 'all';
  return keepBest !== undefined && isOfFramework(manager) ? 'all' : 'best';
}
