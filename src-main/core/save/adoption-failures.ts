import { ModelValidationError, toFailure, UsageError } from '../errors.ts';
import { errorCode } from '../files/error-code.ts';

/** The first pause before what failed is tried again, and the longest, in milliseconds; each is twice the one before. */
const pause = { first: 1000, longest: 60_000 };

/** What went wrong with the files of a folder that is watched, by their absolute paths. */
export class AdoptionFailures {
  readonly #failed = new Map<string, { times: number; told: Set<string> }>();
  readonly #tell: (path: string, error: unknown) => void;

  constructor(tell: (path: string, error: unknown) => void) {
    this.#tell = tell;
  }

  /** Tells each failure of a file once. @returns after how many milliseconds it is worth another try; null for once the file has changed */
  met(path: string, error: unknown): number | null {
    const { times, told } = this.#failed.get(path) ?? { times: 0, told: new Set() };
    const sort = sortOf(error);
    if (!told.has(sort)) this.#tell(path, error);
    this.#failed.set(path, { times: times + 1, told: told.add(sort) });
    if (error instanceof UsageError || error instanceof ModelValidationError) return null;
    return Math.min(pause.first * 2 ** times, pause.longest);
  }

  /** The file is well: whatever may go wrong with it is new. */
  forget(path: string): void {
    this.#failed.delete(path);
  }
}

/** What failed, and the system's word for why: names and figures may be others each time. */
function sortOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return `${toFailure(error).message.split(' — ')[0]} ${errorCode(cause)}`;
}
