import { escapeName } from '../../core/catalog/escape-name.ts';
import { parseAge } from '../../core/config/parse-amount.ts';
import { UsageError } from '../../core/errors.ts';
import type { ModelManager } from '../../core/model-manager.ts';
import type { Doomed } from '../../core/trash/choose-doomed.ts';
import type { TrashedOperation } from '../../core/trash/list-trash.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes } from '../print/format-values.ts';
import { formatProblems } from '../print/problems.ts';
import { formatTable } from '../print/table.ts';
import { writeOut } from '../print/write-out.ts';
import { openWritten, type WritingOptions, waitOf } from './load-run.ts';
import { resolveWord } from './resolve-word.ts';

export interface TrashOptions extends WritingOptions {
  empty?: boolean;
  setAside?: string;
  olderThan?: string;
  yes?: boolean;
}

/** `cairn trash`: what can be brought back; versions on their way there; or the end of it, or of the operations that are named. */
export async function trash(folder: string, words: string[], options: TrashOptions): Promise<ExitCode> {
  assertCall(words, options);
  const manager = await openWritten(folder, waitOf(options));
  if (options.setAside !== undefined) await manager.setAside(options.setAside);
  else if (words.length > 0 && !options.empty) await moveThere(manager, words);
  const shown = options.empty ? await empty(manager, words, options) : await list(manager);
  const { operations, damaged, bytes, problems } = shown;
  const output = { operations: operations.map(outputOf), damaged, bytes, problems };
  await writeOut(options.json ? [`${JSON.stringify(output)}\n`] : formatText(shown, options));
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
function assertCall(words: string[], { empty, olderThan, setAside }: TrashOptions): void {
  if (setAside !== undefined && (empty || words.length > 0))
    throw new UsageError(
      '--set-aside goes with nothing else — it takes one interrupted operation — leave the rest out',
    );
  if (olderThan !== undefined && !empty)
    throw new UsageError('--older-than needs --empty — it says what to delete from the trash — give both');
  if (olderThan !== undefined && words.length > 0)
    throw new UsageError(
      '--older-than and operations do not go together — each says what to delete from the trash — give one of them',
    );
}

async function moveThere(manager: ModelManager, words: string[]): Promise<void> {
  const ids: string[] = [];
  for (const word of words) ids.push(await resolveWord(manager, word));
  await manager.moveToTrash([...new Set(ids)]);
}

async function list(manager: ModelManager): Promise<Doomed> {
  const listing = await manager.listTrash();
  const bytes = listing.operations.reduce((sum, operation) => sum + operation.bytes, 0);
  return { ...listing, damaged: [], bytes };
}

/** Without `--yes` what would go. */
function empty(
  manager: ModelManager,
  ids: string[],
  { olderThan = '0d', yes }: TrashOptions,
): Promise<Doomed> {
  const choice = ids.length > 0 ? { ids } : { olderThan: parseAge(olderThan) };
  return yes ? manager.emptyTrash(choice) : manager.planEmptying(choice);
}

function outputOf({ id, at, reason, versions, bytes }: TrashedOperation) {
  return { id, at, reason, versions, bytes };
}

function* formatText(
  { operations, damaged, bytes, problems }: Doomed,
  { empty, yes }: TrashOptions,
): Generator<string> {
  if (operations.length + damaged.length === 0) yield 'Nothing.\n';
  if (operations.length > 0)
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
  for (const { id, files } of damaged)
    yield `${escapeName(id)}: its record is damaged; it holds ${files.map((file) => escapeName(file, 400)).join(', ') || 'no file of the run'}\n`;
  const ending = empty
    ? yes
      ? ' deleted for good'
      : ' would be deleted for good: do it with --yes'
    : ' in the trash';
  yield `\n${formatBytes(bytes)}${ending}\n`;
  yield* formatProblems(problems);
}
