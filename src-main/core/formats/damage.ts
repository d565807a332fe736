import type { Stop } from './contents.ts';
import { formatCount } from './plain-text.ts';

/**
 * Thrown inside a format's own reader to stop at the first thing that is wrong with the bytes, and turned into a
 * {@link Structure} before it leaves `checkStructure`. The message is the sentence a person reads.
 */
export class Damage extends Error {
  readonly state: 'torn' | 'unknown';
  constructor(message: string, state: 'torn' | 'unknown' = 'torn') {
    super(message);
    this.name = 'Damage';
    this.state = state;
  }
}

/** Stops where there may be more than is looked at: nothing is known to be wrong, and not all is known. */
export class LimitReached extends Damage {
  constructor(message: string) {
    super(message, 'unknown');
  }
}

/** What stopped the reading, as contents tell it; undefined where it was no limit. */
export function limitIn(damage: Damage): Stop | undefined {
  return damage instanceof LimitReached ? { why: damage.message, state: 'unknown' } : undefined;
}

/** Throws the sentence as {@link Damage} unless the rule holds. */
export function rule(holds: boolean, broken: string | (() => string)): asserts holds {
  if (!holds) throw new Damage(typeof broken === 'string' ? broken : broken());
}

/** Throws {@link Damage} unless a file has exactly the length, in bytes, that its own header promises. */
export function checkLength(size: number, promised: number): void {
  const [actual, wanted] = [formatCount(size), formatCount(promised)];
  rule(size >= promised, () => `${actual} of ${wanted} bytes: the end of the file is missing`);
  rule(
    size <= promised,
    () => `${actual} bytes, but its header promises ${wanted}: something was added at the end`,
  );
}
