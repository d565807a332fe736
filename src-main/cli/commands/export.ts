import { escapeName } from '../../core/catalog/escape-name.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { writeOut } from '../print/write-out.ts';
import { stopOnInterrupt } from '../stop-on-interrupt.ts';
import { loadRun, openingOf, type WritingOptions } from './load-run.ts';
import { resolveWord } from './resolve-word.ts';

const interrupted = 'nothing was exported — it was interrupted — run it again to export all of it';

/** `cairn export`: verified copies of versions in a folder elsewhere. */
export async function exportTo(
  folder: string,
  words: string[],
  options: WritingOptions & { to: string },
): Promise<ExitCode> {
  const manager = await loadRun(folder, openingOf(options));
  const ids = new Set<string>();
  for (const word of words) ids.add(await resolveWord(manager, word));
  const exported = await manager.exportVersions([...ids], options.to, {
    signal: stopOnInterrupt(interrupted),
  });
  const lines = exported.files.map(({ id, checksum }) => `${checksum}  ${escapeName(id, 400)}\n`);
  await writeOut(options.json ? [`${JSON.stringify(exported)}\n`] : lines);
  return exitCodes.done;
}
