import type { RetentionRules } from '../../../shared/query/plan-retention.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { UsageError } from '../../core/errors.ts';
import type { ModelManager } from '../../core/model-manager.ts';
import type { PrunePlan } from '../../core/retention/run-retention.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes } from '../print/format-values.ts';
import { formatTable } from '../print/table.ts';
import { writeOut } from '../print/write-out.ts';
import { askedMetric, type MetricOptions } from './asked-metric.ts';
import { loadRun, type WritingOptions, waitOf } from './load-run.ts';

export interface PruneOptions extends WritingOptions, MetricOptions {
  keepBest?: number;
  keepLatest?: number;
  keepEvery?: number;
  kinds?: RetentionRules['kinds'];
  yes?: boolean;
}

/** `cairn prune`: the plan, and with `--yes` its doing. */
export async function prune(folder: string, options: PruneOptions): Promise<ExitCode> {
  const manager = await loadRun(folder, waitOf(options));
  // A metric may stand in files alone.
  await manager.readOwnRecords();
  const metric = askedMetric(manager, () => manager.settledMetric, options);
  const rules = rulesOf(manager, options);
  const done = options.yes ? await manager.prune(rules, metric ? { metric } : {}) : null;
  const plan = done?.plan ?? (await manager.planPrune(rules, metric));
  const output = {
    applied: done !== null,
    operation: done?.operation ?? null,
    bytes_freed_now: 0,
    versions: plan.decisions,
    bytes_freed: plan.bytes,
    bytes_freed_at_most: plan.atMost,
    refused: plan.refused,
  };
  await writeOut(
    options.json ? [`${JSON.stringify(output)}\n`] : formatText(plan, done !== null, output.operation),
  );
  return exitCodes.done;
}

/** With no rule given, those of the run: so many best models, and every checkpoint. @throws UsageError */
function rulesOf(
  manager: ModelManager,
  { keepBest, keepLatest, keepEvery, kinds }: PruneOptions,
): RetentionRules {
  if (keepEvery === 0)
    throw new UsageError(
      '--keep-every 0 is no rule — one version in so many steps is kept — give a number from 1',
    );
  if (keepBest === undefined && keepLatest === undefined && keepEvery === undefined)
    return {
      keepBest: manager.config.max_best_models,
      keepLatest: null,
      keepEvery: null,
      kinds: kinds ?? 'best',
    };
  return {
    keepBest: keepBest ?? null,
    keepLatest: keepLatest ?? null,
    keepEvery: keepEvery ?? null,
    kinds: kinds ?? 'all',
  };
}

function* formatText(plan: PrunePlan, applied: boolean, operation: string | null): Generator<string> {
  yield* formatTable(
    [
      { title: '', text: ({ keep }) => (keep ? 'keep' : applied ? 'trash' : 'remove') },
      { title: 'ID', text: ({ id }) => id },
      { title: 'WHY', text: ({ reasons }) => reasons.join(', ') },
    ],
    plan.decisions,
  );
  for (const { id, why } of plan.refused)
    yield `kept whatever the rules: ${escapeName(id)}: ${escapeName(why)}\n`;
  const count = plan.decisions.filter(({ keep }) => !keep).length;
  if (count === 0) yield '\nNothing to remove.\n';
  else if (applied)
    yield `\n${count} versions are in the trash (operation ${operation}), ${formatBytes(plan.size)} of files; emptying it gives back ${gainOf(plan)} to the disk. Undo with: cairn undo\n`;
  else
    yield `\n${count} versions would go to the trash, ${formatBytes(plan.size)} of files; emptying it would give back ${gainOf(plan)} to the disk. Do it with --yes.\n`;
}

function gainOf({ bytes, atMost }: PrunePlan): string {
  return `${atMost ? 'at most ' : ''}${formatBytes(bytes)}`;
}
