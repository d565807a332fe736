import { LimitReached } from '../damage.ts';
import type { Source } from '../source.ts';
import type { Hdf5Library } from './library.ts';

/** No such file, as the library's C has it. */
const notThere = 44;
/** How much is read of a file for its names and types, in bytes: a good one is read once or twice over. */
const budgetOf = (size: number): number => 64 * 1024 + Math.min(8 * size, 256 * 1024 * 1024);

interface Stream {
  position: number;
}

/** The one file that the library can open: a source, which it may read and nothing else. */
export class ReadOnlyDevice {
  /** Where it was read, and how many bytes, since that was last emptied. */
  readonly reads: { start: number; length: number }[] = [];
  /** Other files that the library was made to ask for. It gets none. */
  readonly refused: string[] = [];
  /** What went wrong in reading the source itself. */
  failure: unknown = null;
  readonly #read: NonNullable<Source['readNow']>;
  readonly #size: number;
  #budget: number;

  /** @param source one that need not be waited for */
  constructor(source: Source & { readNow: NonNullable<Source['readNow']> }) {
    this.#read = source.readNow;
    this.#size = source.size;
    this.#budget = budgetOf(source.size);
  }

  /** More may be read from now on: values that were asked for. In bytes. */
  allow(bytes: number): void {
    this.#budget += bytes;
  }

  /** Puts it into the file system that is in the library's memory, under a name that no file can know. */
  mount({ FS }: Hdf5Library, path: string): void {
    FS.writeFile(path, new Uint8Array(0));
    const { node } = FS.lookupPath(path);
    const attributes = node.node_ops.getattr.bind(node.node_ops);
    node.node_ops = { ...node.node_ops, getattr: (it) => ({ ...attributes(it), size: this.#size }) };
    node.stream_ops = {
      llseek: (stream: Stream, offset: number, whence: number) =>
        offset + ([0, stream.position, this.#size][whence] ?? 0),
      read: (_stream: Stream, into: Uint8Array, at: number, length: number, position: number) =>
        this.#copy(into.subarray(at, at + length), position),
    };
    const open = FS.open.bind(FS);
    FS.open = (asked, ...how) => {
      if (asked === path) return open(asked, ...how);
      this.refused.push(asked);
      throw new FS.ErrnoError(notThere);
    };
  }

  /** As many bytes as there are. */
  #copy(into: Uint8Array, start: number): number {
    const length = Math.max(0, Math.min(into.length, this.#size - start));
    if (length === 0) return 0;
    this.#budget -= length;
    if (this.#budget < 0) throw this.#fail(new LimitReached('it has more parts than are looked at'));
    this.reads.push({ start, length });
    try {
      into.set(this.#read(start, length));
    } catch (error) {
      throw this.#fail(error);
    }
    return length;
  }

  #fail(error: unknown): unknown {
    this.failure ??= error;
    return error;
  }
}
