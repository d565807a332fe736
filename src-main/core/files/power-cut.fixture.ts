import { createHash } from 'node:crypto';

/** What a name stands for. */
interface Folder {
  type: 'folder';
  mode: number;
}

export interface File {
  type: 'file';
  data: Buffer;
  /** What of it is on the medium; null for nothing. */
  synced: Buffer | null;
  changed: number;
  mode: number;
}

export type Node = Folder | File;
/** Inodes by FOLDER-INODE/NAME. */
export type Names = Map<string, number>;

/** A change of names that a power cut keeps whole or loses whole; `key` is FOLDER-INODE/NAME. */
export interface NameChange {
  edits: readonly (readonly [key: string, inode: number | null])[];
}

/** What becomes of bytes that were not synced: all there, all gone, or up to a sector's end. */
export type DataFate = 'whole' | 'lost' | 'torn';

const sector = 512;
/** Up to so many unsynced changes, every subset of them is tried; above that prefixes, and prefixes without one. */
const fewChanges = process.env['CAIRN_TORTURE'] ? 12 : 6;

export function apply(names: Names, { edits }: NameChange): void {
  for (const [key, inode] of edits) {
    if (inode === null) names.delete(key);
    else names.set(key, inode);
  }
}

/** The changes that a power cut leaves. */
export function* survivors(changes: readonly NameChange[]): Generator<readonly NameChange[]> {
  if (changes.length <= fewChanges) {
    for (let kept = 0; kept < 1 << changes.length; kept += 1)
      yield changes.filter((_, index) => (kept >> index) & 1);
    return;
  }
  for (let length = 0; length <= changes.length; length += 1) {
    const prefix = changes.slice(0, length);
    yield prefix;
    for (let gone = 0; gone < length - 1; gone += 1) yield prefix.filter((_, index) => index !== gone);
  }
}

export function afterCut(file: File, fate: DataFate): File {
  if (file.synced === file.data || fate === 'whole') return { ...file, synced: file.data };
  const start = file.synced ?? Buffer.alloc(0);
  const end = start.length + Math.floor((file.data.length - start.length) / 2 / sector) * sector;
  const data = fate === 'lost' ? start : file.data.subarray(0, end);
  return { ...file, data, synced: data };
}

/** The same for disks of which all is the same: what is drawn by lot, as staged names are, and checksums are told by where they first stand. */
export function stateOf(
  names: readonly Names[],
  unsynced: readonly NameChange[],
  nodes: ReadonlyMap<number, Node>,
  clock: number,
): string {
  const drawn = new Map<string, number>();
  const files = [...nodes].map(([inode, node]) => [inode, node.type === 'file' ? textsOf(node) : node.mode]);
  const all = JSON.stringify([names.map((each) => [...each]), unsynced, files, clock]).replace(
    /[0-9a-f]{16,}/g,
    (text) => {
      if (!drawn.has(text)) drawn.set(text, drawn.size);
      return `#${drawn.get(text)}`;
    },
  );
  return createHash('sha256').update(all).digest('base64');
}

function textsOf({ data, synced, changed, mode }: File): unknown[] {
  return [data.toString('latin1'), synced === data || synced?.toString('latin1'), changed, mode];
}

/** The disks that differ from all those that were asked about before. */
export function newOnes<Disk extends { state: string }>(): (disks: Iterable<Disk>) => Disk[] {
  const known = new Set<string>();
  return (disks) => [...disks].filter(({ state }) => known.size < known.add(state).size);
}

/** Whether an operation never said this of such a disk before: what comes of it is what came of one before. */
export function newEnds(): (outcome: string, disk: { readonly state: string }) => boolean {
  const known = new Set<string>();
  return (outcome, { state }) => known.size < known.add(`${outcome} ${state}`).size;
}
