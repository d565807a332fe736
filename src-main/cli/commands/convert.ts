import { escapeName } from '../../core/catalog/escape-name.ts';
import { realDisk } from '../../core/files/disk.ts';
import { plural } from '../../core/formats/plain-text.ts';
import type { Written } from '../../core/packing/write-anew.ts';
import { writeAnew } from '../../core/packing/write-anew.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes } from '../print/format-values.ts';
import { writeOut } from '../print/write-out.ts';
import { stopOnInterrupt } from '../stop-on-interrupt.ts';
import { checkpointPath } from './checkpoint-path.ts';

const interrupted = 'nothing was written — it was interrupted — run it again to write all of it';

/** `cairn convert`: what a checkpoint holds as another file. Nothing of it is executed. */
export async function convert(
  path: string,
  out: string,
  { json = false, slim }: { json?: boolean; slim?: boolean },
): Promise<ExitCode> {
  const signal = stopOnInterrupt(interrupted);
  const written = await writeAnew(
    realDisk,
    await checkpointPath(path),
    out,
    { act: 'convert', slim },
    { signal },
  );
  return tell(written, json);
}

/** `cairn repair`: what a torn checkpoint still holds as a whole file, which says what it is. */
export async function repair(
  path: string,
  out: string,
  { json = false }: { json?: boolean },
): Promise<ExitCode> {
  const signal = stopOnInterrupt(interrupted);
  const written = await writeAnew(realDisk, await checkpointPath(path), out, { act: 'repair' }, { signal });
  return tell(written, json);
}

async function tell(written: Written, json: boolean): Promise<ExitCode> {
  const { path, tensors, bytes, checksum, leftOut, sourceBytes } = written;
  for (const problem of written.problems) process.stderr.write(`${escapeName(problem, 400)}\n`);
  const output = { out: path, tensors, bytes, source_bytes: sourceBytes, checksum, left_out: leftOut };
  await writeOut(json ? [`${JSON.stringify(output)}\n`] : lines(written));
  return exitCodes.done;
}

function* lines({ path, tensors, bytes, sourceBytes, leftOut }: Written): Generator<string> {
  const saved = Math.round(100 * (1 - bytes / sourceBytes));
  const less = saved > 0 ? `, ${saved} % less` : '';
  yield `${escapeName(path, 400)}: ${plural(tensors, 'tensor')}, ${formatBytes(bytes)}${less}\n`;
  for (const name of leftOut) yield `  left out  ${escapeName(name, 400)}\n`;
}
