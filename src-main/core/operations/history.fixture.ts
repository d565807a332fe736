import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { backUpVersions } from '../backup/back-up-versions.fixture.ts';
import { filesOf } from '../backup/backup-manifest.ts';
import { BackupStore } from '../backup/backup-store.ts';
import { restoreVersions } from '../backup/restore-versions.fixture.ts';
import type { VersionFiles } from '../catalog/files-of-versions.ts';
import type { Disk } from '../files/disk.ts';
import type { MemoryDisk } from '../files/memory-disk.fixture.ts';
import { saveVersion } from '../save/save-version.ts';
import { emptyTrash } from '../trash/empty-trash.ts';
import { listTrash } from '../trash/list-trash.ts';
import { moveToTrash } from '../trash/move-to-trash.ts';
import { undo } from '../trash/undo.ts';
import type { OperationKind } from './operation.ts';
import { recoverRun } from './recover-run.ts';
import type { OperationDraft, Writing } from './write-run.ts';

/** What is done to a run; `pick` chooses among what there is. */
export type Deed =
  | { do: 'save' | 'save best'; text: string; reward: number }
  | { do: 'prune' | 'trash' | 'undo' | 'restore'; pick: number }
  | { do: 'backup' | 'empty' };

/** Files by their path below the run. */
export type Files = ReadonlyMap<string, string>;

const root = '/data/run';
const folders = ['best_models', 'checkpoints', 'temp'];
const store = (disk: Disk) => new BackupStore(disk, `${root}/.cairn/backups`);

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function plant(disk: MemoryDisk, path: string, text: string): void {
  disk.plant(`${root}/${path}`, text);
}

export function rewrite(disk: MemoryDisk, path: string, text: string): void {
  disk.rewrite(`${root}/${path}`, text);
}

export async function renameByHand(disk: MemoryDisk, from: string, to: string): Promise<void> {
  await disk.rename(`${root}/${from}`, `${root}/${to}`);
  await disk.syncFolder(`${root}/${posix.dirname(to)}`);
}

/** Every file of the run, what Cairn keeps for itself as well. */
export function allFiles(disk: MemoryDisk): Files {
  return new Map([...disk.files()].map(([path, data]) => [path.slice(root.length + 1), data.toString()]));
}

/** What people and trainings see. */
export function seen(disk: MemoryDisk): Files {
  return new Map([...allFiles(disk)].filter(([path]) => !path.startsWith('.cairn/')));
}

export function models(disk: MemoryDisk): string[] {
  return [...seen(disk).keys()].filter((path) => /^best_models\/[^.].*\.pt$/.test(path)).sort();
}

export function recover(disk: Disk) {
  return recoverRun(disk, root, folders);
}

/** The `number`-th operation of a history. */
export async function perform(disk: Disk, memory: MemoryDisk, deed: Deed, number: number): Promise<unknown> {
  switch (deed.do) {
    case 'save':
    case 'save best':
      return save(disk, memory, deed, number);
    case 'prune':
      return moveAway(disk, models(memory).slice(0, -1 - deed.pick), number, 'prune');
    case 'trash':
      return moveAway(disk, chosen(models(memory), deed.pick), number, 'trash');
    case 'undo':
      return undoOne(disk, deed.pick, number);
    case 'backup':
      return backUp(disk, memory);
    case 'restore':
      return restore(disk, deed.pick, number);
    case 'empty':
      return empty(disk);
  }
}

export async function backupsIn(disk: Disk) {
  return (await store(disk).list()).backups;
}

/** Whether every record of a backup is whole, and every byte of it there. */
export async function backupsAreWhole(disk: Disk): Promise<boolean> {
  const { backups, problems } = await store(disk).list();
  if (problems.length > 0) return false;
  const files = backups.flatMap(filesOf);
  const whole = await Promise.all(files.map(({ checksum }) => store(disk).isWhole(checksum)));
  return whole.every(Boolean);
}

function chosen<T>(all: readonly T[], pick: number): T[] {
  return all.slice(pick % Math.max(1, all.length)).slice(0, 1);
}

function draft(number: number, kind: OperationKind): OperationDraft {
  const at = new Date().toISOString();
  return {
    format: 1,
    id: `${kind}-${number}`,
    number,
    kind,
    at,
    who: 'a test',
    reason: kind,
    automatic: false,
  };
}

function save(disk: Disk, memory: MemoryDisk, deed: Deed & { text: string; reward: number }, number: number) {
  const writing: Writing = {
    root,
    config: defaultStorageConfig,
    disk,
    stagingFolders: [],
    wait: 0,
    newOperation: (kind, _reason, automatic = false) => ({ ...draft(number, kind), automatic }),
  };
  const request = {
    source: { chunks: [Buffer.from(deed.text)], size: deed.text.length },
    reward: deed.reward,
  };
  const kind = deed.do === 'save' ? 'checkpoint' : 'best';
  const checksumOf = (id: string) => recordedChecksum(memory, id);
  return saveVersion(writing, request, { kind, highestVersion: 0, checksumOf }).then(({ saved }) => saved);
}

export function checksumIn(sidecar: string): string | null {
  return /"checksum": "([0-9a-f]{64})"/.exec(sidecar)?.[1] ?? null;
}

function recordedChecksum(memory: MemoryDisk, id: string): string | null {
  const text = seen(memory).get(sidecarOf(id));
  return text === undefined ? null : checksumIn(text);
}

export function sidecarOf(id: string): string {
  return id.replace(/\.pt$/, '.json');
}

/** A version and the files that belong to it, as the catalog has them. */
function versionsOf(memory: MemoryDisk, ids: readonly string[]): VersionFiles[] {
  const names = seen(memory);
  return ids.map((id) => ({
    id,
    files: [id, sidecarOf(id), `${id}.backup`].filter((path) => names.has(path)),
  }));
}

function moveAway(disk: Disk, ids: readonly string[], number: number, kind: 'prune' | 'trash') {
  const doomed = ids.map((id) => ({ id, files: [id, sidecarOf(id)] }));
  return ids.length === 0 ? null : moveToTrash({ disk, root }, draft(number, kind), doomed);
}

/** What is in the trash, where nothing ever damages a record. */
export async function trashOf(disk: Disk) {
  const { operations, problems } = await listTrash(disk, root);
  if (problems.length > 0) throw new Error(`damaged: ${JSON.stringify(problems)}`);
  return operations;
}

async function empty(disk: Disk) {
  const ids = (await trashOf(disk)).map(({ id }) => id);
  await emptyTrash(disk, root, ids);
}

export async function undoById(disk: Disk, id: string, number: number) {
  const target = (await trashOf(disk)).find((operation) => operation.id === id);
  return target && undo({ disk, root }, target, draft(number, 'undo'));
}

async function undoOne(disk: Disk, pick: number, number: number) {
  const [target] = chosen(await trashOf(disk), pick);
  return target && undo({ disk, root }, target, draft(number, 'undo'));
}

function backUp(disk: Disk, memory: MemoryDisk) {
  const ids = [...models(memory), 'checkpoints/checkpoint.pt'].filter((id) => seen(memory).has(id));
  const request = { label: null, reason: 'a test', checksumOf: (id: string) => recordedChecksum(memory, id) };
  return ids.length === 0 ? null : backUpVersions(store(disk), root, versionsOf(memory, ids), request);
}

async function restore(disk: Disk, pick: number, number: number) {
  const [backup] = chosen(await backupsIn(disk), pick);
  return backup && restoreVersions(disk, root, store(disk), backup.versions, draft(number, 'restore'));
}
