import { randomBytes } from 'node:crypto';
import type { Json } from '../../../shared/model/json.ts';
import { ModelValidationError } from '../errors.ts';

const depthLimit = 200;
/** Texts this short cannot nest deep enough to exhaust the stack of whoever walks them. */
const shallowLength = 4096;
/** Python itself reads no whole number with more digits. */
const digitLimit = 4300;
const special = /^(?:NaN|-?Infinity|-?\d+)$/;
const word = /"|-?Infinity|NaN|-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/g;
const steps = new Map([
  ['[', 1],
  ['{', 1],
  [']', -1],
  ['}', -1],
]);

/**
 * JSON as Python's `json.dump` writes it: NaN and ±Infinity may stand bare. A byte order mark before it is passed over.
 * @throws ModelValidationError with the reason when it is not even that
 */
export function parseJson(given: string): Json {
  const text = given.startsWith('\ufeff') ? given.slice(1) : given;
  if (text.length > shallowLength) checkDepth(text);
  // Being refused by JSON.parse costs more than all else: what cannot pass is not tried.
  if (text.includes('NaN') || text.includes('Infinity')) return parsePythonJson(text, false);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new ModelValidationError(explain(error), { cause: error });
  }
}

/** As {@link parseJson}, and whole numbers past 2^53 (seeds, nanoseconds) keep every digit, as bigint. */
export function parseJsonExactly(text: string): Json {
  return parsePythonJson(text, true);
}

/**
 * The bare words and long integers become strings with a mark that occurs nowhere in the text, and are brought back by a
 * reviver: the grammar itself stays JSON.parse's.
 */
function parsePythonJson(text: string, exact: boolean): Json {
  const mark = unusedMark(text);
  try {
    checkDepth(text);
    return JSON.parse(markSpecials(text, mark, exact), (key, value: unknown) =>
      revive(key, value, mark),
    ) as Json;
  } catch (error) {
    throw new ModelValidationError(explain(error), { cause: error });
  }
}

/** @throws ModelValidationError: a value nested so deep can only be an attack, and walking it would exhaust the stack */
function checkDepth(text: string): void {
  if (hasFewBrackets(text)) return;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (character === '"') at = endOfString(text, at) - 1;
    else depth += steps.get(character) ?? 0;
    if (depth > depthLimit) throw new ModelValidationError(`nested more than ${depthLimit} levels deep`);
  }
}

/** Whether it has no more brackets than may be nested: most long texts are lists of numbers, and are not walked for this. */
function hasFewBrackets(text: string): boolean {
  let count = 0;
  for (const bracket of ['[', '{'])
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      count += 1;
      if (count > depthLimit) return false;
    }
  return true;
}

function markSpecials(text: string, mark: string, exact: boolean): string {
  const scan = new RegExp(word);
  let result = '';
  let copied = 0;
  for (let match = scan.exec(text); match; match = scan.exec(text)) {
    const [found] = match;
    if (found === '"') scan.lastIndex = endOfString(text, match.index);
    if (!isSpecial(found, exact)) continue;
    result += `${text.slice(copied, match.index)}"${mark}${found}"`;
    copied = scan.lastIndex;
  }
  return result + text.slice(copied);
}

/** Strings are stepped over by hand: on a long one, or one without an end, a pattern backtracks for minutes. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote !== -1 && isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote === -1 ? text.length : quote + 1;
}

function isEscaped(text: string, quote: number): boolean {
  let before = quote;
  while (text[before - 1] === '\\') before -= 1;
  return (quote - before) % 2 === 1;
}

function isSpecial(found: string, exact: boolean): boolean {
  if (found === 'NaN' || found.endsWith('Infinity')) return true;
  if (!exact || found.length <= 15 || found.length > digitLimit) return false;
  return /^-?[1-9]\d*$/.test(found) && !Number.isSafeInteger(Number(found));
}

function revive(key: string, value: unknown, mark: string): unknown {
  if (key.startsWith(mark)) throw new ModelValidationError(`a key is ${key.slice(mark.length)}, not a text`);
  if (typeof value !== 'string' || !value.startsWith(mark)) return value;
  const found = value.slice(mark.length);
  if (!special.test(found)) return value;
  return found === 'NaN' || found.endsWith('Infinity') ? Number(found) : BigInt(found);
}

/** Made once, for it costs more than most texts; one that knows it all the same makes a new one necessary. */
let usualMark = newMark();

function unusedMark(text: string): string {
  while (text.includes(usualMark)) usualMark = newMark();
  return usualMark;
}

function newMark(): string {
  return randomBytes(6).toString('base64url');
}

function explain(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `not valid JSON (${reason.replace(/, "[\s\S]*$/, '').replace(/[\p{Cc}\p{Cf}]/gu, ' ')})`;
}
