import { defaultStorageConfig, type StorageConfig } from '../../../shared/model/storage-config.ts';
import { BackupStore } from '../backup/backup-store.ts';
import { restoreVersions } from '../backup/restore-versions.fixture.ts';
import type { Disk } from '../files/disk.ts';
import { MemoryDisk, type MemoryDiskOptions } from '../files/memory-disk.fixture.ts';
import { findUndoable, undo } from '../trash/undo.ts';
import type { OperationKind } from './operation.ts';
import type { OperationDraft, Writing } from './write-run.ts';

/** A change of a run, from a disk that is as it must be before. */
export interface Scenario {
  name: string;
  prepare: () => Promise<MemoryDisk>;
  act: (disk: Disk) => Promise<unknown>;
  /** Deleting for good is the one thing that cannot be taken back half way: recovery ends it. */
  endsLater?: boolean;
  /** What was replaced is deleted once the save is done; the trash may still hold it where that fails. */
  mayKeep?: boolean;
}

export const run = '/data/run';
export const folders = ['', 'best_models', 'checkpoints', 'temp'];

export function draft(id: string, kind: OperationKind, number = 1): OperationDraft {
  const at = '2026-01-02T03:04:05.000Z';
  return { format: 1, id, number, kind, at, who: 'a test', reason: kind, automatic: false };
}

export function writingTo(disk: Disk, config: Partial<StorageConfig>, id: string): Writing {
  return {
    root: run,
    config: { ...defaultStorageConfig, ...config },
    disk,
    stagingFolders: [],
    wait: 0,
    newOperation: (kind) => draft(id, kind),
  };
}

export async function undoLast(disk: Disk, id = 'undo-1') {
  return undo({ disk, root: run }, await findUndoable(disk, run, null), draft(id, 'undo', 2));
}

export function emptyRun(options?: MemoryDiskOptions): MemoryDisk {
  const disk = new MemoryDisk(options);
  disk.plant(`${run}/notes.txt`, 'a file of someone else');
  return disk;
}

export const store = (disk: Disk) => new BackupStore(disk, `${run}/.cairn/backups`);

export async function restore(disk: Disk) {
  const [backup] = (await store(disk).list()).backups;
  return restoreVersions(disk, run, store(disk), backup?.versions ?? [], draft('restore-1', 'restore'));
}

export async function after(disk: MemoryDisk, act: (disk: Disk) => Promise<unknown>): Promise<MemoryDisk> {
  await act(disk);
  for (const folder of folders) await disk.syncFolder(`${run}/${folder}`).catch(() => undefined);
  for (const folder of ['.cairn', '.cairn/trash', '.cairn/intents'])
    await disk.syncFolder(`${run}/${folder}`);
  return disk;
}

export const noLinks = { links: false };
