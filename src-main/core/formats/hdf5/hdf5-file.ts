import { randomUUID } from 'node:crypto';
import { Damage, LimitReached, rule } from '../damage.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { bufferSource, isReadingError, longestRead, type Source } from '../source.ts';
import { ReadOnlyDevice } from './device.ts';
import { type Hdf5Library, startLibrary } from './library.ts';

/** Lines of one complaint that are kept. */
const mostLines = 40;

/** An HDF5 file as its library reads it. Whatever the library complains of is thrown as {@link Damage}, which `ask` alone does. */
export class Hdf5File {
  readonly device: ReadOnlyDevice;
  readonly #library: Hdf5Library;
  readonly #said: string[];
  /** Why nothing more can be asked, where that is so. */
  #end: Error | null = null;
  #file = 0n;

  private constructor(library: Hdf5Library, device: ReadOnlyDevice, said: string[]) {
    this.#library = library;
    this.device = device;
    this.#said = said;
  }

  /** @throws Damage when it is no file that the library opens */
  static async open(source: Source): Promise<Hdf5File> {
    const device = new ReadOnlyDevice(await readAtOnce(source));
    const said: string[] = [];
    const library = await startLibrary((line) => {
      if (said.length < mostLines) said.push(line);
    });
    const path = `/${randomUUID()}`;
    device.mount(library, path);
    const file = new Hdf5File(library, device, said);
    file.#file = file.ask((it) => it.open(path, 0, false, -1, -1));
    return file;
  }

  /** Whether nothing more can be asked. */
  get isOver(): boolean {
    return this.#end !== null;
  }

  /** What the library answers. @throws Damage for what it complains of, or what the work finds, and what reading the source throws */
  ask<T>(work: (library: Hdf5Library, file: bigint) => T): T {
    if (this.#end) throw this.#end;
    this.#said.length = 0;
    const answer = this.#guard(() => work(this.#library, this.#file));
    this.#checkSilence();
    return answer;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const { failure } = this.device;
      // What is thrown through the library leaves it in no state to go on; not so what it throws between two steps, or its caller.
      const isBetween = failure === null && (error instanceof Damage || isOwnError(error));
      if (!isBetween) this.#end = asDamage(failure ?? error);
      else this.#checkSilence();
      throw asDamage(failure ?? error);
    }
  }

  #checkSilence(): void {
    rule(this.#said.length === 0, () => describeComplaint(this.#said));
  }
}

const isOwnError = (error: unknown): boolean =>
  error instanceof Error && error.constructor === Error && error.message.startsWith('error - ');

function asDamage(error: unknown): Error {
  if (error instanceof Damage) return error;
  if (error instanceof Error && isReadingError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Damage(`its library cannot go on: ${plainName(message)}`);
}

/** The innermost of the library's lines, `#005: FILE line 3 in FUNCTION(): WHAT`, says what it stumbled over. */
function describeComplaint(lines: readonly string[]): string {
  const reasons = lines.flatMap((line) => /^\s*#\d+: .*?\(\): (.*)$/.exec(line)?.[1] ?? []);
  return `its structure is damaged: ${plainName(reasons.at(-1) ?? lines[0] ?? '')}`;
}

type ReadableNow = Source & { readNow: NonNullable<Source['readNow']> };

/** The library cannot wait: what must be waited for is taken into memory, as far as one read goes. */
async function readAtOnce(source: Source): Promise<ReadableNow> {
  if (isReadableNow(source)) return source;
  const { name, size } = source;
  if (size > longestRead)
    throw new LimitReached(`${formatCount(size)} bytes that are packed are more than are unpacked`);
  const taken = bufferSource(name, await source.read(0, size));
  rule(isReadableNow(taken), 'it cannot be read at once');
  return taken;
}

const isReadableNow = (source: Source): source is ReadableNow => source.readNow !== null;
