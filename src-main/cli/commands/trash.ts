import { escapeName } from '../../core/catalog/escape-name.ts';
import { parseAge } from '../../core/config/parse-amount.ts';
import { UsageError } from '../../core/errors.ts';
import type { ModelManager } from '../../core/model-manager.ts';
import type { TrashedOperation } from '../../core/trash/list-trash.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes } from '../print/format-values.ts';
import { formatTable } from '../print/table.ts';
import { writeOut } from '../print/write-out.ts';
import { openWritten, type WritingOptions, waitOf } from './load-run.ts';
import { resolveWord } from './resolve-word.ts';

export interface TrashOptions extends WritingOptions {
  empty?: boolean;
  olderThan?: string;
  yes?: boolean;
}

/** `cairn trash`: what can be brought back; versions on their way there; or its end. */
export async function trash(folder: string, words: string[], options: TrashOptions): Promise<ExitCode> {
  assertCall(words, options);
  const manager = await openWritten(folder, waitOf(options));
  if (words.length > 0) await moveThere(manager, words);
  const operations = options.empty ? await empty(manager, options) : await manager.listTrash();
  const bytes = operations.reduce((sum, operation) => sum + operation.bytes, 0);
  const output = { operations: operations.map(outputOf), bytes };
  await writeOut(options.json ? [`${JSON.stringify(output)}\n`] : formatText(operations, bytes, options));
  return exitCodes.done;
}

/** `cairn undo`. */
export async function undo(
  folder: string,
  operation: string | undefined,
  options: WritingOptions,
): Promise<ExitCode> {
  const manager = await openWritten(folder, waitOf(options));
  const undone = await manager.undo(operation ?? null);
  const lines = undone.restored.map((id) => `back: ${escapeName(id)}\n`);
  await writeOut(options.json ? [`${JSON.stringify(undone)}\n`] : lines);
  return exitCodes.done;
}

/** @throws UsageError */
function assertCall(words: string[], { empty, olderThan }: TrashOptions): void {
  if (empty && words.length > 0)
    throw new UsageError(
      '--empty and versions do not go together — one empties, the other fills — give one of them',
    );
  if (olderThan !== undefined && !empty)
    throw new UsageError('--older-than needs --empty — it says what to delete from the trash — give both');
}

async function moveThere(manager: ModelManager, words: string[]): Promise<void> {
  const ids: string[] = [];
  for (const word of words) ids.push(await resolveWord(manager, word));
  await manager.moveToTrash([...new Set(ids)]);
}

/** Without `--yes` what would go. */
async function empty(manager: ModelManager, { olderThan, yes }: TrashOptions): Promise<TrashedOperation[]> {
  const age = olderThan === undefined ? 0 : parseAge(olderThan);
  if (yes) return manager.emptyTrash(age);
  const operations = await manager.listTrash();
  return operations.filter(({ at }) => age === 0 || Date.parse(at) < Date.now() - age);
}

function outputOf({ id, at, reason, versions, bytes }: TrashedOperation) {
  return { id, at, reason, versions, bytes };
}

function* formatText(
  operations: TrashedOperation[],
  bytes: number,
  { empty, yes }: TrashOptions,
): Generator<string> {
  if (operations.length === 0) yield 'Nothing.\n';
  else
    yield* formatTable(
      [
        { title: 'OPERATION', text: ({ id }) => id },
        { title: 'TIME', text: ({ at }) => at },
        { title: 'REASON', text: ({ reason }) => reason },
        { title: 'SIZE', align: 'right', text: (operation) => formatBytes(operation.bytes) },
        { title: 'VERSIONS', text: ({ versions }) => versions.join(' ') },
      ],
      operations,
    );
  const ending = empty
    ? yes
      ? ' deleted for good'
      : ' would be deleted for good: do it with --yes'
    : ' in the trash';
  yield `\n${formatBytes(bytes)}${ending}\n`;
}
