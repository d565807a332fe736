import type { Disk, DiskFile } from './disk.ts';

/** What is to go wrong: from the n-th call on (from 1), once or for ever. */
export interface Fault {
  call: number;
  code: string;
  forever: boolean;
}

/**
 * A disk of which one call fails, or all from there on. `calls` names those that were made, `create best/model.pt` or
 * `write`; `short`: each write takes half of what it is given, each read gives half of what was asked for.
 */
export class FaultDisk implements Disk {
  readonly calls: string[] = [];
  readonly short: boolean;
  /** How often it failed. */
  failed = 0;
  /** Called before each call that does not fail. */
  before: (call: string) => Promise<void> | void = () => undefined;
  readonly #disk: Disk;
  #fault: Fault | null;

  constructor(disk: Disk, fault: Fault | null = null, short = false) {
    this.#disk = disk;
    this.#fault = fault;
    this.short = short;
  }

  create = (path: string) =>
    this.#do(`create ${path}`, async () => this.#wrap(await this.#disk.create(path)));
  open = (path: string) => this.#do(`open ${path}`, async () => this.#wrap(await this.#disk.open(path)));
  reopen = (path: string) =>
    this.#do(`reopen ${path}`, async () => this.#wrap(await this.#disk.reopen(path)));
  append = (path: string) =>
    this.#do(`append ${path}`, async () => this.#wrap(await this.#disk.append(path)));
  link = (from: string, to: string) => this.#do(`link ${from} ${to}`, () => this.#disk.link(from, to));
  rename = (from: string, to: string) => this.#do(`rename ${from} ${to}`, () => this.#disk.rename(from, to));
  unlink = (path: string) => this.#do(`unlink ${path}`, () => this.#disk.unlink(path));
  mkdir = (path: string, mode?: number) => this.#do(`mkdir ${path}`, () => this.#disk.mkdir(path, mode));
  chmodFolder = (path: string, mode: number) =>
    this.#do(`chmodFolder ${path}`, () => this.#disk.chmodFolder(path, mode));
  rmdir = (path: string) => this.#do(`rmdir ${path}`, () => this.#disk.rmdir(path));
  readdir = (path: string) => this.#do(`readdir ${path}`, () => this.#disk.readdir(path));
  lookAt = (path: string) => this.#do(`lookAt ${path}`, () => this.#disk.lookAt(path));
  clone = (from: string, to: string) => this.#do(`clone ${from} ${to}`, () => this.#disk.clone(from, to));
  syncFolder = (path: string) => this.#do(`syncFolder ${path}`, () => this.#disk.syncFolder(path));
  freeSpace = (path: string) => this.#do(`freeSpace ${path}`, () => this.#disk.freeSpace(path));
  mayShare = (file: string, folder: string) =>
    this.#do(`mayShare ${file} ${folder}`, () => this.#disk.mayShare(file, folder));

  /** Every call after this one fails. */
  failFromNow(code: string): void {
    this.#fault = { call: this.calls.length + 1, code, forever: true };
  }

  async #do<T>(call: string, act: () => Promise<T>): Promise<T> {
    this.calls.push(call);
    if (this.#fails()) {
      this.failed += 1;
      const code = this.#fault?.code ?? '';
      throw Object.assign(new Error(`${code}: injected into ${call}`), { code, syscall: call.split(' ')[0] });
    }
    await this.before(call);
    return act();
  }

  #fails(): boolean {
    if (!this.#fault) return false;
    const { call, forever } = this.#fault;
    return forever ? this.calls.length >= call : this.calls.length === call;
  }

  #wrap(file: DiskFile): DiskFile {
    return {
      write: (data) => this.#do('write', () => file.write(this.#part(data))),
      read: (buffer, position) => this.#do('read', () => file.read(this.#part(buffer), position)),
      opened: file.opened,
      truncate: () => this.#do('truncate', () => file.truncate()),
      chmod: (mode) => this.#do('chmod', () => file.chmod(mode)),
      touch: (mtime) => this.#do('touch', () => file.touch(mtime)),
      sync: () => this.#do('sync', () => file.sync()),
      size: () => this.#do('size', () => file.size()),
      close: () => this.#close(file),
    };
  }

  /** A kernel frees what is open also where it tells a failure. */
  async #close(file: DiskFile): Promise<void> {
    try {
      await this.#do('close', async () => undefined);
    } finally {
      await file.close();
    }
  }

  #part(data: Uint8Array): Uint8Array {
    return this.short ? data.subarray(0, Math.ceil(data.length / 2)) : data;
  }
}
