import { basename, dirname } from 'node:path/posix';
import type { Disk, DiskFile } from './disk.ts';
import type { FileStatus } from './file-identity.ts';
import {
  afterCut,
  apply,
  type File,
  type NameChange,
  type Names,
  type Node,
  stateOf,
  survivors,
} from './power-cut.fixture.ts';

export interface MemoryDiskOptions {
  /** Without: as on FAT, a file has one name. */
  links?: boolean;
  /** Clones, as on XFS. */
  clones?: boolean;
  /** The permission bits that no new folder gets. */
  umask?: number;
  free?: number;
  /** So many nodes are numbered in the opposite order: as FAT numbers files anew at each mount, or whoever copied all of it. */
  renumbered?: number;
}

const rootInode = 1;

function systemError(code: string, syscall: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${syscall} '${path}'`), { code, syscall, path });
}

/**
 * A disk in memory that knows what a power cut would leave: bytes are durable once synced, names once their folder is. What
 * is not may be there or not, in any order, as POSIX allows; a rename is one change, as every file system here makes it.
 */
export class MemoryDisk implements Disk {
  readonly options: Required<MemoryDiskOptions>;
  readonly #nodes = new Map<number, Node>([[rootInode, { type: 'folder', mode: 0o755 }]]);
  #names: Names = new Map();
  #durable: Names = new Map();
  #unsynced: NameChange[] = [];
  #clock = 1;

  constructor(options: MemoryDiskOptions = {}) {
    this.options = { links: true, clones: false, umask: 0, free: 1e12, renumbered: 0, ...options };
  }

  async create(path: string): Promise<DiskFile> {
    if (this.#find(path) !== null) throw systemError('EEXIST', 'open', path);
    const file: File = {
      type: 'file',
      data: Buffer.alloc(0),
      synced: null,
      changed: this.#tick(),
      mode: 0o600,
    };
    this.#change([[this.#key(path, 'open'), this.#add(file)]]);
    return this.#handle(path);
  }

  async open(path: string): Promise<DiskFile> {
    return this.#handle(path);
  }

  async reopen(path: string): Promise<DiskFile> {
    return this.#handle(path);
  }

  async append(path: string): Promise<DiskFile> {
    return this.#find(path) === null ? this.create(path) : this.reopen(path);
  }

  async link(from: string, to: string): Promise<void> {
    const inode = this.#inodeOf(from, 'link');
    if (!this.options.links) throw systemError('EPERM', 'link', from);
    if (this.#find(to) !== null) throw systemError('EEXIST', 'link', to);
    this.#change([[this.#key(to, 'link'), inode]]);
  }

  async rename(from: string, to: string): Promise<void> {
    const inode = this.#inodeOf(from, 'rename');
    if (this.#find(to) === inode) return;
    this.#change([
      [this.#key(from, 'rename'), null],
      [this.#key(to, 'rename'), inode],
    ]);
  }

  async unlink(path: string): Promise<void> {
    this.#fileAt(path, 'unlink');
    this.#change([[this.#key(path, 'unlink'), null]]);
  }

  async mkdir(path: string, mode = 0o755): Promise<void> {
    if (this.#find(path) !== null) throw systemError('EEXIST', 'mkdir', path);
    const folder = { type: 'folder' as const, mode: mode & ~this.options.umask };
    this.#change([[this.#key(path, 'mkdir'), this.#add(folder)]]);
  }

  async chmodFolder(path: string, mode: number): Promise<void> {
    this.#nodes.set(this.#folderAt(path, 'chmod'), { type: 'folder', mode });
  }

  async rmdir(path: string): Promise<void> {
    if ((await this.readdir(path)).length > 0) throw systemError('ENOTEMPTY', 'rmdir', path);
    this.#change([[this.#key(path, 'rmdir'), null]]);
  }

  async readdir(path: string): Promise<string[]> {
    const start = `${this.#folderAt(path, 'scandir')}/`;
    const names: string[] = [];
    for (const key of this.#names.keys()) if (key.startsWith(start)) names.push(key.slice(start.length));
    return names;
  }

  async lookAt(path: string): Promise<FileStatus | null> {
    const ino = this.#find(path);
    return ino === null ? null : this.#statusOf(ino);
  }

  #statusOf(ino: number): FileStatus {
    const node: Node = this.#nodes.get(ino) ?? { type: 'folder', mode: 0o755 };
    const [size, time] = node.type === 'file' ? [node.data.length, node.changed] : [0, 0];
    const { renumbered } = this.options;
    const number = ino <= renumbered ? renumbered + rootInode - ino : ino;
    return { type: node.type, mode: node.mode, dev: 1, ino: number, size, mtimeMs: time, ctimeMs: time };
  }

  async clone(from: string, to: string): Promise<void> {
    if (!this.options.clones) throw systemError('ENOTSUP', 'copyfile', to);
    const { data, mode } = this.#fileAt(from, 'copyfile');
    const copy = await this.create(to);
    await copy.write(data);
    await copy.chmod(mode);
  }

  async syncFolder(path: string): Promise<void> {
    const folder = this.#folderAt(path, 'fsync');
    const settled = new Set<NameChange>();
    const keys = new Set<string>();
    // Whatever happened before to a name that becomes durable is durable with it.
    for (const change of this.#unsynced.toReversed()) {
      if (!change.edits.some(([key]) => key.startsWith(`${folder}/`) || keys.has(key))) continue;
      settled.add(change);
      for (const [key] of change.edits) keys.add(key);
    }
    for (const change of this.#unsynced) if (settled.has(change)) apply(this.#durable, change);
    this.#unsynced = this.#unsynced.filter((change) => !settled.has(change));
  }

  async freeSpace(): Promise<number> {
    return this.options.free;
  }

  async mayShare(): Promise<boolean> {
    return this.options.clones;
  }

  /** Puts a file there, durable, with the folders it needs. */
  plant(path: string, data: string | Uint8Array, mode = 0o644): void {
    const parts = path.split('/').slice(1, -1);
    for (const [index] of parts.entries()) {
      const folder = `/${parts.slice(0, index + 1).join('/')}`;
      if (this.#find(folder) === null)
        this.#change([[this.#key(folder, 'mkdir'), this.#add({ type: 'folder', mode: 0o755 })]]);
    }
    const bytes = Buffer.from(data);
    const file: File = { type: 'file', data: bytes, synced: bytes, changed: this.#tick(), mode };
    this.#change([[this.#key(path, 'open'), this.#add(file)]]);
    for (const change of this.#unsynced) apply(this.#durable, change);
    this.#unsynced = [];
  }

  /** What a program does that writes to the file itself, and syncs it: every name of it has the new bytes. */
  rewrite(path: string, data: string | Uint8Array): void {
    const file = this.#fileAt(path, 'open');
    file.data = Buffer.from(data);
    file.synced = file.data;
    file.changed = this.#tick();
  }

  /** Every file by its path. */
  files(): Map<string, Buffer> {
    const inside = new Map<number, [name: string, inode: number][]>();
    for (const [key, inode] of this.#names) {
      const [folder, name] = [Number.parseInt(key, 10), key.slice(key.indexOf('/') + 1)];
      inside.set(folder, [...(inside.get(folder) ?? []), [name, inode]]);
    }
    return new Map(this.#walk(inside, rootInode, ''));
  }

  /** The same disk, to be changed on its own. */
  copy(): MemoryDisk {
    return this.#with(this.#names, this.#durable, [...this.#unsynced], (file) => ({ ...file }));
  }

  /** The same disk, its files numbered anew. */
  remounted(): MemoryDisk {
    const options = { ...this.options, renumbered: this.#nodes.size };
    return this.#with(this.#names, this.#durable, [...this.#unsynced], (file) => ({ ...file }), options);
  }

  /** The same for disks with which nobody can do different things. */
  get state(): string {
    return stateOf([this.#names, this.#durable], this.#unsynced, this.#nodes, this.#clock);
  }

  /** Each disk that a power cut at this moment may leave. */
  *crashStates(): Generator<MemoryDisk> {
    const dirty = [...this.#nodes.values()].some((node) => node.type === 'file' && node.synced !== node.data);
    for (const changes of survivors(this.#unsynced)) {
      const names = new Map(this.#durable);
      for (const change of changes) apply(names, change);
      for (const fate of dirty ? (['whole', 'lost', 'torn'] as const) : (['whole'] as const))
        yield this.#with(names, names, [], (file) => afterCut(file, fate));
    }
  }

  #with(
    names: Names,
    durable: Names,
    unsynced: NameChange[],
    copy: (file: File) => File,
    options: MemoryDiskOptions = this.options,
  ): MemoryDisk {
    const disk = new MemoryDisk(options);
    for (const [inode, node] of this.#nodes) disk.#nodes.set(inode, node.type === 'file' ? copy(node) : node);
    disk.#names = new Map(names);
    disk.#durable = new Map(durable);
    disk.#unsynced = unsynced;
    disk.#clock = this.#clock;
    return disk;
  }

  #handle(path: string): DiskFile {
    const file = this.#fileAt(path, 'open');
    return {
      opened: this.#statusOf(this.#inodeOf(path, 'open')),
      truncate: async () => {
        file.data = Buffer.alloc(0);
        file.changed = this.#tick();
      },
      write: async (data) => {
        file.data = Buffer.concat([file.data, data]);
        file.changed = this.#tick();
        return data.length;
      },
      read: async (buffer, position) => file.data.copy(buffer, 0, position),
      chmod: async (mode) => {
        file.mode = mode;
      },
      touch: async (mtime) => {
        file.changed = mtime;
      },
      sync: async () => {
        file.synced = file.data;
      },
      size: async () => file.data.length,
      close: async () => undefined,
    };
  }

  #change(edits: NameChange['edits']): void {
    const change = { edits };
    apply(this.#names, change);
    this.#unsynced.push(change);
  }

  #add(node: Node): number {
    const inode = rootInode + this.#nodes.size;
    this.#nodes.set(inode, node);
    return inode;
  }

  #tick(): number {
    this.#clock += 1;
    return this.#clock;
  }

  #find(path: string): number | null {
    let inode = rootInode;
    for (const part of path.split('/')) {
      if (part === '') continue;
      const next = this.#names.get(`${inode}/${part}`);
      if (next === undefined) return null;
      inode = next;
    }
    return inode;
  }

  #inodeOf(path: string, syscall: string): number {
    const inode = this.#find(path);
    if (inode === null) throw systemError('ENOENT', syscall, path);
    return inode;
  }

  #fileAt(path: string, syscall: string): File {
    const node = this.#nodes.get(this.#inodeOf(path, syscall));
    if (node?.type !== 'file') throw systemError('EISDIR', syscall, path);
    return node;
  }

  #folderAt(path: string, syscall: string): number {
    const inode = this.#inodeOf(path, syscall);
    if (this.#nodes.get(inode)?.type !== 'folder') throw systemError('ENOTDIR', syscall, path);
    return inode;
  }

  #key(path: string, syscall: string): string {
    return `${this.#folderAt(dirname(path), syscall)}/${basename(path)}`;
  }

  *#walk(
    inside: ReadonlyMap<number, readonly [name: string, inode: number][]>,
    folder: number,
    path: string,
  ): Generator<[string, Buffer]> {
    for (const [name, inode] of inside.get(folder) ?? []) {
      const node = this.#nodes.get(inode);
      if (node?.type === 'file') yield [`${path}/${name}`, node.data];
      else yield* this.#walk(inside, inode, `${path}/${name}`);
    }
  }
}
