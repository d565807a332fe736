import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { equivalentCommand } from '../../../shared/command/equivalent-command.ts';
import { bytesOf } from '../../core/backup/backup-manifest.ts';
import type { ListedBackup } from '../../core/backup/backup-source.ts';
import type { RestoreChange } from '../../core/backup/restore-changes.ts';
import { nameWithoutEnding } from '../../core/catalog/classify-name.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { UsageError } from '../../core/errors.ts';
import { plural } from '../../core/formats/plain-text.ts';
import type { ModelManager } from '../../core/model-manager.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes } from '../print/format-values.ts';
import { formatProblems } from '../print/problems.ts';
import { formatTable } from '../print/table.ts';
import { writeOut } from '../print/write-out.ts';
import { stopOnInterrupt, stopUndone } from '../stop-on-interrupt.ts';
import { loadRun, openingOf, openWritten, type WritingOptions } from './load-run.ts';
import { resolveBackedUp, resolveWord } from './resolve-word.ts';

export interface BackupCommandOptions extends WritingOptions {
  to?: string;
  label?: string;
}

/** `cairn backup`. Versions that are not what their record says are left out, said, and make exit code 1. */
export async function backup(run: string, words: string[], options: BackupCommandOptions): Promise<ExitCode> {
  const manager = await loadRun(run, openingOf(options));
  const { to, label = null } = options;
  if (to !== undefined) assertParent(to);
  const { manifest, skipped } = await manager.backups.create(await idsOf(manager, words), {
    label,
    reading: { signal: stopUndone('backup') },
    ...(to === undefined ? {} : { to }),
  });
  for (const { id, why } of skipped) process.stderr.write(`left out ${escapeName(id)}: ${why}\n`);
  // It is made, whatever comes of looking where.
  const { backups: listed } = await manager.backups.list().catch(() => ({ backups: [] }));
  const stored = listed.find((each) => each.manifest.id === manifest.id);
  const folder = to === undefined ? join(manager.bookkeeping, 'backups') : resolve(to);
  const shown = stored ?? { manifest, store: { folder } };
  const output = outputOf(manager, shown);
  const text = `backup ${output.id}: ${plural(output.versions.length, 'version')}, ${formatBytes(output.bytes)}, in ${escapeName(shown.store.folder, 400)}\n`;
  await writeOut([options.json ? `${JSON.stringify(output)}\n` : text]);
  return skipped.length === 0 ? exitCodes.done : exitCodes.foundWrong;
}

/** A path that is spelt wrong, or whose disk is not connected, becomes no new tree of folders. @throws UsageError */
function assertParent(to: string): void {
  const parent = dirname(resolve(to));
  if (existsSync(parent)) return;
  throw new UsageError(
    `cannot back up to ${escapeName(to, 400)} — there is no folder ${escapeName(parent, 400)} — connect its disk, make that folder, or name another`,
    { path: to },
  );
}

export interface BackupsOptions extends WritingOptions {
  from?: string;
  verify?: boolean | string;
  delete?: string;
  otherRun?: boolean;
  yes?: boolean;
}

const interrupted = 'not every backup was verified — it was interrupted — run it again to read all of them';

/** `cairn backups`: the list; with `--verify` read again. Exit 1 when one, or its record, is damaged. */
export async function backups(folder: string, options: BackupsOptions): Promise<ExitCode> {
  const manager = await openWritten(folder, openingOf(options));
  const { from = null } = options;
  if (options.delete !== undefined) await remove(manager, options.delete, options);
  const id = typeof options.verify === 'string' ? options.verify : null;
  const found = options.verify
    ? await manager.backups.verify(id, from, { signal: stopOnInterrupt(interrupted) })
    : await manager.backups.list(from);
  const { problems } = found;
  const listed = found.backups.map((each) => ({
    ...outputOf(manager, each),
    run: each.manifest.run,
    verified_at: each.manifest.verified_at,
    state: each.manifest.state,
  }));
  // Of a store that is named others make backups too.
  const unclaimed = from === null ? await manager.backups.unclaimed() : 0;
  const text = [
    ...formatList(listed, manager.root, problems.length > 0),
    ...tellUnclaimed(unclaimed),
    ...formatProblems(problems),
  ];
  await writeOut(
    options.json
      ? [`${JSON.stringify({ backups: listed, problems, ...(unclaimed > 0 && { unclaimed }) })}\n`]
      : text,
  );
  const isDamaged = problems.length > 0 || listed.some(({ state }) => state === 'damaged');
  return isDamaged ? exitCodes.foundWrong : exitCodes.done;
}

function tellUnclaimed(bytes: number): string[] {
  if (bytes === 0) return [];
  const what = `The run’s own store has ${formatBytes(bytes)} that belong to no backup: one is being made, or was cut short`;
  return [`${what}. The next backup frees what nothing touched for a day.\n`];
}

/** @throws UsageError without `--yes`, and for a backup of another run without `--other-run` */
async function remove(
  manager: ModelManager,
  id: string,
  { from, yes = false, otherRun = false }: BackupsOptions,
): Promise<void> {
  if (!yes)
    throw new UsageError(
      `backup ${escapeName(id)} was not deleted — deleting cannot be undone — add --yes to do it`,
    );
  const { manifest } = await manager.backups.get(id, from ?? null);
  const lost = await manager.backups.delete(id, from ?? null, otherRun);
  if (manifest.run !== manager.root)
    process.stderr.write(`deleted backup ${escapeName(id)} of ${escapeName(manifest.run, 400)}\n`);
  for (const path of lost)
    process.stderr.write(
      `gone with backup ${escapeName(id)}: ${escapeName(path, 400)}: it could not be restored any more, as bytes there did not match their checksum\n`,
    );
}

export interface RestoreOptions extends WritingOptions {
  from?: string;
  dryRun?: boolean;
}

/** `cairn restore`. */
export async function restore(
  folder: string,
  backup: string,
  words: string[],
  options: RestoreOptions,
): Promise<ExitCode> {
  const manager = await openWritten(folder, openingOf(options));
  const { from = null } = options;
  const ids = words.length === 0 ? null : await namedIn(manager, backup, from, words);
  const of = await manager.backups.otherRun(backup, from);
  const { changes, operation } = options.dryRun
    ? { changes: await manager.backups.plan(backup, ids, from), operation: null }
    : await manager.backups.restore(backup, ids, from, { signal: stopUndone('restore') });
  if (of !== null)
    process.stderr.write(`backup ${escapeName(backup)} is one of another run, ${escapeName(of, 400)}\n`);
  for (const path of changes.flatMap(({ left = [] }) => left))
    process.stderr.write(`${escapeName(path, 400)} stays as it is now: other models share it\n`);
  const output = { backup, applied: !options.dryRun, changes: changes.flatMap(entriesOf), operation, of };
  await writeOut(options.json ? [`${JSON.stringify(output)}\n`] : formatChanges(folder, output));
  return exitCodes.done;
}

async function idsOf(manager: ModelManager, words: string[]): Promise<Set<string>> {
  if (words.length === 0) return new Set(manager.versions().map(({ id }) => id));
  const ids = new Set<string>();
  for (const word of words) ids.add(await resolveWord(manager, word));
  return ids;
}

async function namedIn(
  manager: ModelManager,
  backup: string,
  from: string | null,
  words: string[],
): Promise<string[]> {
  const { manifest } = await manager.backups.get(backup, from);
  const ids: string[] = [];
  for (const word of words) ids.push(await resolveBackedUp(manager, manifest, word));
  return ids;
}

type Shown = Pick<ListedBackup, 'manifest'> & { store: { folder: string } };

function outputOf(manager: ModelManager, { manifest, store }: Shown) {
  // A run that must not be written to has its own in the app's data.
  const within = `${store.folder}/`.startsWith(`${manager.root}/`);
  return {
    id: manifest.id,
    label: manifest.label,
    reason: manifest.reason,
    created_at: manifest.created_at,
    to: within ? store.folder.slice(manager.root.length + 1) || '.' : store.folder,
    versions: manifest.versions.map(({ id }) => id),
    bytes: bytesOf(manifest),
  };
}

type Listed = ReturnType<typeof outputOf> & { run: string; verified_at: string | null; state: string };

/** The run of each is told where not all are of this one. @param hasProblems there may be more than are listed */
function formatList(list: Listed[], root: string, hasProblems: boolean): string[] {
  if (list.length === 0 && hasProblems) return ['No backups can be listed.\n'];
  if (list.length === 0)
    return [
      'No backups. Those of a run that this one is a copy of, or that an early Cairn made before it was moved, are listed with --from FOLDER.\n',
    ];
  return formatTable(
    [
      { title: 'BACKUP', text: ({ id }) => id },
      { title: 'TIME', text: ({ created_at }) => created_at },
      { title: 'LABEL', text: ({ label }) => label ?? '–' },
      { title: 'REASON', text: ({ reason }) => reason },
      { title: 'VERSIONS', align: 'right', text: ({ versions }) => String(versions.length) },
      { title: 'SIZE', align: 'right', text: ({ bytes }) => formatBytes(bytes) },
      { title: 'STATE', text: ({ state, verified_at }) => [state, verified_at ?? []].flat().join(' ') },
      { title: 'IN', text: ({ to }) => to },
      ...(list.some(({ run }) => run !== root) ? [{ title: 'OF', text: ({ run }: Listed) => run }] : []),
    ],
    list,
  );
}

type RestoreEntry = Pick<RestoreChange, 'id' | 'action' | 'from' | 'to' | 'removed'>;

/** A version by its model, which its sidecar goes with where that changes, and each further file of it. */
function entriesOf({ id, action, from, to, files, removed }: RestoreChange): RestoreEntry[] {
  const isSame = from === to;
  const sidecar = isSame ? null : `${nameWithoutEnding(id)}.json`;
  const model = { id, action: isSame ? 'same' : action, from, to, ...(removed && { removed }) } as const;
  return [model, ...files.filter((file) => file.id !== sidecar)];
}

interface Restoring {
  applied: boolean;
  changes: RestoreEntry[];
  operation: string | null;
}

function* formatChanges(folder: string, { changes, applied, operation }: Restoring): Generator<string> {
  for (const { id, action, removed = [] } of changes) {
    yield `${action.padEnd(8)}${escapeName(id, 400)}\n`;
    for (const path of removed) yield `${'trash'.padEnd(8)}${escapeName(path, 400)}\n`;
  }
  if (!applied) yield '\nNothing was changed: this was a dry run.\n';
  else if (operation === null) yield '\nEverything is already the same.\n';
  else {
    const undo = equivalentCommand({ command: 'undo', words: [folder, operation] }, 'posix');
    yield `\nRestored (operation ${operation}). Undo with: ${undo}\n`;
  }
}
