import { type Lost, whatIsLost } from '../../../shared/query/what-is-lost.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { parseAge } from '../../core/config/parse-amount.ts';
import { toFailure, UsageError } from '../../core/errors.ts';
import type { ModelManager } from '../../core/model-manager.ts';
import { trashFolder } from '../../core/operations/operation.ts';
import type { Doomed } from '../../core/trash/choose-doomed.ts';
import { versionsHeld } from '../../core/trash/describe-trashed.ts';
import type { TrashedOperation } from '../../core/trash/list-trash.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes } from '../print/format-values.ts';
import { formatProblems } from '../print/problems.ts';
import { formatTable } from '../print/table.ts';
import { writeOut } from '../print/write-out.ts';
import { openingOf, openKept, printNotice, type WritingOptions } from './load-run.ts';
import { undoCommand } from './prune.ts';
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
  const manager = await openKept(folder, openingOf(options));
  const shown = options.empty
    ? await empty(manager, words, options)
    : await listAfter(manager, await change(manager, words, options));
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
  const manager = await openKept(folder, openingOf(options));
  const undone = await manager.undo(operation ?? null);
  const lines = [
    ...undone.restored.map((id) => `back: ${escapeName(id)}\n`),
    ...undone.removed.map((id) => `to the trash: ${escapeName(id)}\n`),
  ];
  if (lines.length === 0)
    lines.push(`no version had to change: nothing of ${undone.operation} waits any more\n`);
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

/** @returns the operation that is in the trash by that, null where nothing was to be changed */
async function change(
  manager: ModelManager,
  words: string[],
  { setAside }: TrashOptions,
): Promise<string | null> {
  if (setAside !== undefined) await manager.setAside(setAside);
  return setAside ?? (words.length > 0 ? moveThere(manager, words) : null);
}

async function moveThere(manager: ModelManager, words: string[]): Promise<string> {
  const ids = new Set<string>();
  for (const word of words) ids.add(await resolveWord(manager, word));
  const lost = lostWords(manager, ids);
  const operation = await manager.moveToTrash([...ids]);
  if (lost !== null) printNotice(`${lost}: to bring back what went: ${undoCommand(manager.root, operation)}`);
  return operation;
}

/** For what a person names no rule holds, but a prune would have kept these. @returns null where there is nothing to say */
function lostWords(manager: ModelManager, ids: ReadonlySet<string>): string | null {
  const versions = Array.from(manager.versions(), ({ id, is_best, integrity }) => ({
    id,
    isBest: is_best,
    state: integrity.state,
    isGoing: ids.has(id),
  }));
  const lost = whatIsLost(versions);
  const best = versions.find(({ isBest }) => isBest)?.id ?? '';
  const ofBest = lost?.best ? [`the best version went too, ${escapeName(best)}`] : [];
  return lost && [...ofBest, ...leftWords[lost.left]].join(', and ');
}

const leftWords: Record<Lost['left'], string[]> = {
  intact: [],
  broken: ['no version that is left is intact'],
  none: ['no version is left in the run'],
};

/** What was changed is changed: a trash that cannot be listed then is a problem, and no failure of that. */
function listAfter(manager: ModelManager, operation: string | null): Promise<Doomed> {
  return list(manager).catch((error: unknown) => {
    if (operation === null) throw error;
    const problem = `operation ${operation} is done, but the trash cannot be listed: ${toFailure(error).message}`;
    return { operations: [], damaged: [], bytes: 0, problems: [{ path: trashFolder, problem }] };
  });
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

function outputOf(operation: TrashedOperation) {
  const { id, at, reason, bytes } = operation;
  return { id, at, reason, versions: versionsHeld(operation), bytes };
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
        { title: 'VERSIONS', text: (operation) => versionsHeld(operation).join(' ') || '–' },
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
