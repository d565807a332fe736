import { escapeName } from '../../core/catalog/escape-name.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { writeOut } from '../print/write-out.ts';
import { loadRun, type WritingOptions, waitOf } from './load-run.ts';

/** `cairn seal`: checksums for every file of a version, and of what goes with it, that has none, in the run’s SHA256SUMS. */
export async function seal(folder: string, options: WritingOptions): Promise<ExitCode> {
  const manager = await loadRun(folder, waitOf(options));
  const files = await manager.seal();
  const lines = files.map(({ id, checksum }) => `${checksum}  ${escapeName(id, 400)}\n`);
  const text = [
    ...lines,
    `${files.length === 0 ? 'Every file has a checksum, or is broken.' : `${files.length} sealed.`}\n`,
  ];
  await writeOut(options.json ? [`${JSON.stringify({ sealed: files.length, files })}\n`] : text);
  return exitCodes.done;
}
