import { resolve } from 'node:path';
import { realDisk } from '../../core/files/disk.ts';
import { assertNameFree, writeNewFile } from '../../core/files/write-new-file.ts';
import { buildReport } from '../../core/report/build-report.ts';
import { reportText } from '../../core/report/report-text.ts';
import { reportedRun } from '../../core/report/reported-run.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { writeOut } from '../print/write-out.ts';
import { type LayoutOption, loadReader, readingAs } from './load-reader.ts';

interface Options extends LayoutOption {
  output?: string;
  json?: boolean;
}

/** `cairn report`: what is in runs and what is wrong with them, as a page; as JSON where that is asked for, or the name of the file ends so. */
export async function report(
  folders: readonly string[],
  { output, json, layout }: Options,
  version: string,
): Promise<ExitCode> {
  const file = output === undefined ? null : resolve(output);
  if (file !== null) await assertNameFree(realDisk, file);
  const runs = [];
  for (const folder of folders) {
    const run = await loadReader(folder, readingAs({ layout }));
    await run.checkStructures();
    runs.push(await reportedRun(run));
  }
  const format = json || output?.toLowerCase().endsWith('.json') ? 'json' : 'html';
  const text = reportText(buildReport(runs, new Date().toISOString(), `Cairn ${version}`), format);
  if (file === null) await writeOut([text]);
  else await writeNewFile(realDisk, file, [Buffer.from(text)]);
  return exitCodes.done;
}
