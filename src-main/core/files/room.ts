import { basename, join } from 'node:path';
import { ModelManagerError } from '../errors.ts';
import { formatCount } from '../formats/plain-text.ts';
import { ownFolder, trashFolder } from '../operations/operation.ts';
import type { Disk } from './disk.ts';
import { namesThere } from './names-there.ts';

/** Bytes that stay free beside what is written: sidecar, intent, log. */
export const margin = 1 << 20;
/** Where fewer of the same size than this still fit, it is said. */
const fewMore = 5;

/** Where there must be room, and for what; the folder is there. */
export interface Room {
  disk: Disk;
  /** Absolute. */
  folder: string;
  use: 'save' | 'backup' | 'restore' | 'export';
  /** What makes room there; by default what does on the disk of the run, of which the folder is, or that of Cairn's own notes of it. */
  advice?: string;
}

type Place = Pick<Room, 'disk' | 'folder'>;

/** In a folder outside the run: emptying its trash may free nothing there. */
export function roomOutside(disk: Disk, folder: string, use: Room['use']): Required<Room> {
  return { disk, folder, use, advice: 'free some there, or name another folder' };
}

/** Whether so many bytes fit, and what is written beside them. */
export async function hasRoom(room: Place, size: number): Promise<boolean> {
  return (await freeIn(room)) >= size + margin;
}

/** A courtesy: the disk may still fill up while it is written to. @throws ModelManagerError */
export async function assertRoom(room: Room, size: number): Promise<void> {
  const { folder, use, advice = adviceFor(folder) } = room;
  const free = await freeIn(room);
  if (free >= size + margin) return;
  throw new ModelManagerError(
    `no space for this ${use} — it needs ${formatCount(size)} bytes and 1 MiB beside them, ${formatCount(free)} are free — ${advice}`,
    { path: folder },
  );
}

/** Only a trash with something in it can be emptied. */
function adviceFor(folder: string): string {
  const own = basename(folder) === ownFolder ? folder : join(folder, ownFolder);
  const isEmpty = namesThere(join(own, basename(trashFolder))).every((name) => name.startsWith('.'));
  return isEmpty ? 'free some there' : 'empty the trash, or free some';
}

/** What is worth saying of the disk, once something of that size was written. */
export async function warnOfRoom(room: Room, size: number): Promise<string[]> {
  const { use } = room;
  const more = Math.floor((await freeIn(room)) / Math.max(1, size + margin));
  if (more >= fewMore) return [];
  const others = more === 0 ? `no other ${use}` : more === 1 ? `one more ${use}` : `${more} more ${use}s`;
  return [`the disk is running low: there is room for ${others} of this size`];
}

/** In bytes. A disk that does not tell what is free, as some network disks do not, refuses nothing by that. */
export function freeIn({ disk, folder }: Place): Promise<number> {
  return disk.freeSpace(folder).catch(() => Number.POSITIVE_INFINITY);
}
