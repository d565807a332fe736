import { type Call, equivalentCommand } from '../../../shared/command/equivalent-command.ts';
import type { PruneOutput } from '../../../shared/model/writing-outputs.ts';
import type { RetentionRules } from '../../../shared/query/plan-retention.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { plural } from '../../core/formats/plain-text.ts';
import type { PrunePlan } from '../../core/retention/run-retention.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes } from '../print/format-values.ts';
import { formatTable } from '../print/table.ts';
import { writeOut } from '../print/write-out.ts';
import { stopUndone } from '../stop-on-interrupt.ts';
import { type PruneOptions, pruneRun } from './prune-run.ts';

/** `cairn prune`: the plan, and with `--yes` its doing; of several runs one after another. */
export async function prune(folders: readonly string[], options: PruneOptions): Promise<ExitCode> {
  const [folder = '', ...others] = folders;
  if (others.length > 0) return (await import('./prune-several.ts')).pruneSeveral(folders, options);
  const { plan, output } = await pruneRun(folder, options, stopUndone('prune'));
  await writeOut(options.json ? [`${JSON.stringify(output)}\n`] : formatText(folder, plan, output, options));
  return exitCodes.done;
}

export const concerned: Record<RetentionRules['kinds'], string> = {
  best: 'Only best models are concerned; checkpoints stay. --kinds all concerns both.\n',
  all: 'Best models and checkpoints are concerned. --kinds best leaves checkpoints alone.\n',
};

function* formatText(
  folder: string,
  plan: PrunePlan,
  { kinds, operation, applied, warnings }: PruneOutput,
  options: PruneOptions,
): Generator<string> {
  yield* formatTable(
    [
      { title: '', text: ({ keep }) => (keep ? 'keep' : applied ? 'trash' : 'remove') },
      { title: 'ID', text: ({ id }) => id },
      { title: 'WHY', text: ({ reasons }) => reasons.join(', ') },
    ],
    plan.decisions,
  );
  for (const { id, why } of plan.refused) yield `always kept: ${escapeName(id)}: ${escapeName(why)}\n`;
  yield `\n${concerned[kinds]}`;
  for (const warning of warnings) yield `note: ${warning}\n`;
  const count = plan.decisions.filter(({ keep }) => !keep).length;
  if (count === 0)
    yield `Nothing to remove.${areSpared(plan, options) ? withCheckpoints(folder, options) : ''}\n`;
  else if (operation !== null && applied) yield `${tellDone(folder, count, plan, operation)}\n`;
  else
    yield `${plural(count, 'version')} would go to the trash, ${formatBytes(plan.size)} of files; emptying it would give back ${gainOf(plan)} to the disk. Do it with --yes.\n`;
}

/** Whether there are checkpoints that a rule of a person's left alone, though nobody asked for that. */
function areSpared({ decisions }: PrunePlan, { keepBest, kinds }: PruneOptions): boolean {
  if (keepBest === undefined || kinds !== undefined) return false;
  return decisions.some(({ reasons }) => reasons.includes('a checkpoint'));
}

function withCheckpoints(folder: string, { keepBest, metric, mode, layout }: PruneOptions): string {
  const options: Call['options'] = [
    ['--keep-best', keepBest ?? null],
    ['--kinds', 'all'],
    ['--metric', metric ?? null],
    ['--mode', mode ?? null],
    ['--layout', layout ?? null],
  ];
  return ` To choose among checkpoints too: ${equivalentCommand({ command: 'prune', options, words: [folder] }, 'posix')}`;
}

function tellDone(folder: string, count: number, plan: PrunePlan, operation: string): string {
  const undo = undoCommand(folder, operation);
  const moved = `${plural(count, 'version is', 'versions are')} in the trash, ${formatBytes(plan.size)} of files`;
  return `${moved}; emptying it gives back ${gainOf(plan)} to the disk. To bring back: ${undo}`;
}

/** What brings back what a prune moved. */
export function undoCommand(folder: string, operation: string): string {
  return equivalentCommand({ command: 'undo', words: [folder, operation] }, 'posix');
}

export function gainOf({ bytes, atMost }: Pick<PrunePlan, 'bytes' | 'atMost'>): string {
  return `${atMost ? 'at most ' : ''}${formatBytes(bytes)}`;
}
