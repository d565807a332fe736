import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatTable } from '../print/table.ts';
import { writeOut } from '../print/write-out.ts';
import { openKept } from './load-run.ts';

/** `cairn log`: everything that was done to a run, oldest first. */
export async function log(folder: string, options: { json?: boolean }): Promise<ExitCode> {
  const entries = (await openKept(folder, {})).log();
  if (options.json) await writeOut([`${JSON.stringify({ entries })}\n`]);
  else if (entries.length === 0) await writeOut(['Nothing.\n']);
  else
    await writeOut(
      formatTable(
        [
          { title: 'TIME', text: ({ at }) => at },
          {
            title: 'COMMAND',
            text: ({ command, of }) => (of === undefined ? command : `${command} of ${of}`),
          },
          { title: 'SECONDS', align: 'right', text: ({ seconds }) => seconds.toFixed(2) },
          { title: 'BY', text: ({ who }) => who },
          { title: 'RESULT', text: ({ result }) => result },
          { title: 'VERSIONS', text: ({ ids }) => ids.join(' ') },
        ],
        entries,
      ),
    );
  return exitCodes.done;
}
