import { ByteReader } from '../byte-reader.ts';
import { Damage } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { walkPickle } from './walk-pickle.ts';

/** Arrays inside a pickle are skipped, so this is enough for all but millions of single numbers. In bytes. */
const budget = 4 * 1024 * 1024;
const stop = '.'.charCodeAt(0);

/** Whole: its instructions, one pickle after another, end with a STOP that is the last byte of the file. */
export async function checkPickle(source: Source, recognised: FormatName): Promise<Structure> {
  await walkToEnd(source, 0);
  return whole(recognised);
}

/** Walks all pickles from `start` on; {@link Damage} unless they end where the file ends. */
export async function walkToEnd(source: Source, start: number): Promise<void> {
  const reader = new ByteReader(source, start, source.size, budget);
  let end = start;
  try {
    do {
      await walkPickle(reader);
      end = reader.position;
    } while (reader.remaining > 0);
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    throw end > start ? somethingFollows(source.size - end) : await describeDamage(source, error);
  }
}

function somethingFollows(length: number): Damage {
  return new Damage(
    `${formatCount(length)} bytes that are no pickle follow the end of the pickle`,
    'unknown',
  );
}

/** What stopped the walk is not always damage: joblib puts raw arrays among the instructions, and a budget can run out. */
export async function describeDamage(source: Source, damage: Damage): Promise<Damage> {
  const start = await source.read(0, Math.min(source.size, 64 * 1024));
  if (start.includes('joblib.numpy_pickle')) {
    return new Damage(
      'written by joblib, with arrays inside its pickle: only a checksum can tell',
      'unknown',
    );
  }
  const [lastByte] = await source.read(Math.max(0, source.size - 1), Math.min(1, source.size));
  const isCutOff = damage.state === 'torn' || lastByte !== stop;
  return isCutOff ? new Damage(`${formatCount(source.size)} bytes: ${damage.message}`) : damage;
}
