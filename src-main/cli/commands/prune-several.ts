import type { PrunedRuns } from '../../../shared/model/writing-outputs.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { toFailure } from '../../core/errors.ts';
import { plural } from '../../core/formats/plain-text.ts';
import { openRunFolder } from '../../core/open-run-folder.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes } from '../print/format-values.ts';
import { writeOut } from '../print/write-out.ts';
import { stopOnInterrupt } from '../stop-on-interrupt.ts';
import { concerned, gainOf, undoCommand } from './prune.ts';
import { assertRules, type PrunedRun, type PruneOptions, pruneRun } from './prune-run.ts';

const interrupted =
  'the prune was stopped — it was interrupted — runs that were told of are done: run it again for all others';

/**
 * Several runs, each once, by the same rules, one after another; each is an operation of its own. One that cannot be pruned keeps no other
 * from it: it is told at once, and in the exit code.
 * @throws UsageError for rules that are none, and for a folder that is not there: then nothing is done
 */
export async function pruneSeveral(folders: readonly string[], options: PruneOptions): Promise<ExitCode> {
  assertRules(options);
  const roots = [...new Set(folders.map(openRunFolder))];
  const signal = stopOnInterrupt(interrupted);
  const done: PrunedRun[] = [];
  const failed: PrunedRuns['failed'] = [];
  for (const root of roots) {
    try {
      const pruned = await pruneRun(root, options, signal);
      done.push(pruned);
      if (!options.json) await writeOut(formatRun(pruned));
    } catch (error) {
      signal.throwIfAborted();
      const why = toFailure(error).message;
      failed.push({ run: root, why });
      process.stderr.write(`not pruned: ${escapeName(root, 400)}: ${why}\n`);
    }
  }
  await writeOut(
    options.json ? [`${JSON.stringify(documentOf(done, failed, options))}\n`] : formatTotal(done),
  );
  return failed.length > 0 ? exitCodes.failed : exitCodes.done;
}

function documentOf(
  done: readonly PrunedRun[],
  failed: PrunedRuns['failed'],
  { yes = false }: PruneOptions,
): PrunedRuns {
  const { bytes, atMost } = totalOf(done);
  const runs = done.map(({ root, output }) => ({ run: root, ...output }));
  return { applied: yes, runs, failed, bytes_freed: bytes, bytes_freed_at_most: atMost };
}

function* formatRun({ root, plan, output }: PrunedRun): Generator<string> {
  const gone = goingOf({ output });
  const kept = plural(output.versions.length - gone, 'version stays', 'versions stay');
  const going = output.applied ? 'went to the trash' : 'would go to the trash';
  yield `${escapeName(root, 400)}\n  ${kept}, ${gone} ${going}, ${formatBytes(plan.size)} of files\n`;
  yield `  ${concerned[output.kinds]}`;
  for (const { id, why } of plan.refused) yield `  always kept: ${escapeName(id)}: ${escapeName(why)}\n`;
  for (const warning of output.warnings) yield `  note: ${warning}\n`;
  if (output.operation !== null) yield `  to bring back: ${undoCommand(root, output.operation)}\n`;
}

function* formatTotal(done: readonly PrunedRun[]): Generator<string> {
  const gone = done.reduce((sum, run) => sum + goingOf(run), 0);
  if (gone === 0) return yield '\nNothing to remove.\n';
  const of = `${plural(gone, 'version')} of ${plural(done.length, 'run')}`;
  const gain = gainOf(totalOf(done));
  yield done.some(({ output }) => output.applied)
    ? `\n${of} went to the trash; emptying it gives back ${gain} to the disk.\n`
    : `\n${of} would go to the trash; emptying it would give back ${gain} to the disk. Do it with --yes.\n`;
}

function goingOf({ output }: Pick<PrunedRun, 'output'>): number {
  return output.versions.filter(({ keep }) => !keep).length;
}

function totalOf(done: readonly PrunedRun[]): { bytes: number; atMost: boolean } {
  return {
    bytes: done.reduce((sum, { plan }) => sum + plan.bytes, 0),
    atMost: done.some(({ plan }) => plan.atMost),
  };
}
