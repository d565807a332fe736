import type { Direction } from '../model/metric.ts';

const digitBits = 11;
const buckets = 1 << digitBits;
const shifts = [0, digitBits, 2 * digitBits];

/**
 * Indices in the order of their values, the better end first; equal ones keep their order. A radix sort: a hundred thousand
 * take a few milliseconds, where a comparing sort takes a hundred.
 * @param indices each with a finite value
 */
export function sortIndices(indices: Uint32Array, values: Float64Array, direction: Direction): Uint32Array {
  const [low, high] = sortableWords(values, direction);
  const order = sortByWord(indices, high);
  sortRuns(order, high, low);
  return order;
}

function sortByWord(indices: Uint32Array, words: Uint32Array): Uint32Array {
  let order = Uint32Array.from(indices);
  let spare = new Uint32Array(order.length);
  for (const shift of shifts) {
    if (!distribute(order, spare, words, shift)) continue;
    [order, spare] = [spare, order];
  }
  return order;
}

/** Longer runs are worth a radix sort of their own. */
const shortRun = 32;

/** Sorts each run that shares its high word by the low one, in place: most have one member, or low words that are all alike. */
function sortRuns(order: Uint32Array, high: Uint32Array, low: Uint32Array): void {
  for (let start = 0; start < order.length; ) {
    const end = endOfRun(order, start, high);
    if (end - start > 1) sortRun(order.subarray(start, end), low);
    start = end;
  }
}

function endOfRun(order: Uint32Array, start: number, words: Uint32Array): number {
  const word = words[order[start] as number];
  let end = start + 1;
  while (end < order.length && words[order[end] as number] === word) end += 1;
  return end;
}

function sortRun(run: Uint32Array, words: Uint32Array): void {
  if (run.length > shortRun) run.set(sortByWord(run, words));
  else for (let at = 1; at < run.length; at += 1) insertInOrder(run, at, words);
}

/** Moves one to its place among those before it, which are in order. */
function insertInOrder(run: Uint32Array, at: number, words: Uint32Array): void {
  const index = run[at] as number;
  const word = words[index] as number;
  let place = at;
  while (place > 0 && (words[run[place - 1] as number] as number) > word) {
    run[place] = run[place - 1] as number;
    place -= 1;
  }
  run[place] = index;
}

/** The bits of each number as two words, so that unsigned words compare as the numbers do; the low ones first. */
function sortableWords(values: Float64Array, direction: Direction): [Uint32Array, Uint32Array] {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  const [low, high] = [new Uint32Array(values.length), new Uint32Array(values.length)];
  const flip = direction === 'max' ? -1 : 0;
  for (let index = 0; index < values.length; index += 1) {
    // Of the two zeros, one.
    const isZero = values[index] === 0;
    const top = isZero ? 0 : (words[2 * index + 1] ?? 0) | 0;
    const sign = top >> 31;
    low[index] = (isZero ? 0 : (words[2 * index] ?? 0)) ^ sign ^ flip;
    high[index] = top ^ (sign | 0x80000000) ^ flip;
  }
  return [low, high];
}

/** One pass over one digit; false where all share it, so that nothing moved. */
function distribute(order: Uint32Array, into: Uint32Array, words: Uint32Array, shift: number): boolean {
  const starts = startsOf(order, words, shift);
  if (isShared(starts, order.length)) return false;
  for (let at = 0; at < order.length; at += 1) {
    const index = order[at] ?? 0;
    const digit = digitAt(words, index, shift);
    const place = starts[digit] ?? 0;
    into[place] = index;
    starts[digit] = place + 1;
  }
  return true;
}

/** Whether all have the same digit: nobody begins in the middle then. */
function isShared(starts: Uint32Array, length: number): boolean {
  return starts.subarray(0, buckets).every((start) => start === 0 || start === length);
}

/** Where those with each digit begin. */
function startsOf(order: Uint32Array, words: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array(buckets + 1);
  for (let at = 0; at < order.length; at += 1) {
    const next = digitAt(words, order[at] ?? 0, shift) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let bucket = 1; bucket < buckets; bucket += 1)
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  return starts;
}

function digitAt(words: Uint32Array, index: number, shift: number): number {
  return ((words[index] ?? 0) >>> shift) & (buckets - 1);
}
