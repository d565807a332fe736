import { escapeName } from '../../core/catalog/escape-name.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { writeOut } from '../print/write-out.ts';
import { stopUndone } from '../stop-on-interrupt.ts';
import { loadRun, openingOf, type WritingOptions } from './load-run.ts';

/**
 * `cairn seal`: checksums for every file of a version, and of what goes with it, that has none, in the run’s SHA256SUMS. Which versions are left out, as
 * they are not whole, is said.
 */
export async function seal(folder: string, options: WritingOptions): Promise<ExitCode> {
  const manager = await loadRun(folder, openingOf(options));
  const skipped: { id: string; why: string }[] = [];
  const files = await manager.seal({
    signal: stopUndone('seal'),
    onSkipped: (each) => skipped.push(each),
  });
  for (const { id, why } of skipped) process.stderr.write(`left out ${escapeName(id, 400)}: ${why}\n`);
  const lines = files.map(({ id, checksum }) => `${checksum}  ${escapeName(id, 400)}\n`);
  const text = [...lines, `${summaryOf(files.length, skipped.length)}\n`];
  await writeOut(options.json ? [`${JSON.stringify({ sealed: files.length, files })}\n`] : text);
  return exitCodes.done;
}

function summaryOf(sealed: number, skipped: number): string {
  if (sealed > 0) return `${sealed} sealed.`;
  return skipped === 0
    ? 'Every file has a checksum.'
    : 'Nothing was sealed: every other file has a checksum.';
}
