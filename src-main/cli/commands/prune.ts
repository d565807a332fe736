import { equivalentCommand } from '../../../shared/command/equivalent-command.ts';
import type { RetentionRules } from '../../../shared/query/plan-retention.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { UsageError } from '../../core/errors.ts';
import { plural } from '../../core/formats/plain-text.ts';
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
  assertRules(options);
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
    kinds: rules.kinds,
  };
  await writeOut(
    options.json
      ? [`${JSON.stringify(output)}\n`]
      : formatText(folder, plan, rules.kinds, output.operation, done !== null),
  );
  return exitCodes.done;
}

/** @throws UsageError */
function assertRules({ keepEvery }: PruneOptions): void {
  if (keepEvery !== 0) return;
  throw new UsageError(
    '--keep-every 0 is no rule — one version in so many steps is kept — give a number from 1',
  );
}

/**
 * With no rule given, that of the run: so many best models. A rule about the best concerns best models, and leaves checkpoints alone; what is newest,
 * or stands at a step, is asked of all.
 */
function rulesOf(
  manager: ModelManager,
  { keepBest, keepLatest, keepEvery, kinds }: PruneOptions,
): RetentionRules {
  const ofAll = keepLatest !== undefined || keepEvery !== undefined;
  return {
    keepBest: keepBest ?? (ofAll ? null : manager.config.max_best_models || null),
    keepLatest: keepLatest ?? null,
    keepEvery: keepEvery ?? null,
    kinds: kinds ?? (ofAll ? 'all' : 'best'),
  };
}

const concerned: Record<RetentionRules['kinds'], string> = {
  best: 'Only best models are concerned; checkpoints stay. --kinds all concerns both.\n',
  all: 'Best models and checkpoints are concerned. --kinds best leaves checkpoints alone.\n',
};

function* formatText(
  folder: string,
  plan: PrunePlan,
  kinds: RetentionRules['kinds'],
  operation: string | null,
  applied: boolean,
): Generator<string> {
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
  yield `\n${concerned[kinds]}`;
  const count = plan.decisions.filter(({ keep }) => !keep).length;
  if (count === 0) yield 'Nothing to remove.\n';
  else if (operation !== null && applied) yield `${tellDone(folder, count, plan, operation)}\n`;
  else
    yield `${plural(count, 'version')} would go to the trash, ${formatBytes(plan.size)} of files; emptying it would give back ${gainOf(plan)} to the disk. Do it with --yes.\n`;
}

function tellDone(folder: string, count: number, plan: PrunePlan, operation: string): string {
  const undo = equivalentCommand({ command: 'undo', words: [folder, operation] }, 'posix');
  const moved = `${plural(count, 'version is', 'versions are')} in the trash, ${formatBytes(plan.size)} of files`;
  return `${moved}; emptying it gives back ${gainOf(plan)} to the disk. To bring back: ${undo}`;
}

function gainOf({ bytes, atMost }: PrunePlan): string {
  return `${atMost ? 'at most ' : ''}${formatBytes(bytes)}`;
}
