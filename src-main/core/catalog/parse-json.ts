import type { Json } from '../../../shared/model/json.ts';
import { ModelValidationError } from '../errors.ts';

const depthLimit = 200;
/** Texts this short cannot nest deep enough to exhaust the stack of whoever walks them. */
const shallowLength = 4096;
const bracket = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]/g;
const special = /^(?:NaN|-?Infinity|-?\d+)$/;
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN|-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/g;

/**
 * JSON as Python's `json.dump` writes it: NaN and ±Infinity may stand bare.
 * @throws ModelValidationError with the reason when it is not even that
 */
export function parseJson(text: string): Json {
  if (text.length > shallowLength) checkDepth(text);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    return parsePythonJson(text, false, error);
  }
}

/** As {@link parseJson}, and whole numbers past 2^53 (seeds, nanoseconds) keep every digit, as bigint. */
export function parseJsonExactly(text: string): Json {
  return parsePythonJson(text, true, null);
}

/**
 * The bare words and long integers become strings with a mark that occurs nowhere in the text, and are brought back by a
 * reviver: the grammar itself stays JSON.parse's.
 */
function parsePythonJson(text: string, exact: boolean, first: unknown): Json {
  const mark = unusedMark(text);
  try {
    checkDepth(text);
    const standard = text.replace(token, (found) => (isSpecial(found, exact) ? `"${mark}${found}"` : found));
    return JSON.parse(standard, (_key, value: unknown) => revive(value, mark)) as Json;
  } catch (error) {
    throw new ModelValidationError(
      explain(error instanceof ModelValidationError ? error : (first ?? error)),
      { cause: error },
    );
  }
}

/** @throws ModelValidationError: a value nested so deep can only be an attack, and walking it would exhaust the stack */
function checkDepth(text: string): void {
  let depth = 0;
  for (const [found] of text.matchAll(bracket)) {
    depth += depthStep(found);
    if (depth > depthLimit) throw new ModelValidationError(`nested more than ${depthLimit} levels deep`);
  }
}

function depthStep(found: string): number {
  if (found === '[' || found === '{') return 1;
  return found === ']' || found === '}' ? -1 : 0;
}

function isSpecial(found: string, exact: boolean): boolean {
  if (found === 'NaN' || found.endsWith('Infinity')) return true;
  return exact && found.length > 15 && /^-?\d+$/.test(found) && !Number.isSafeInteger(Number(found));
}

function revive(value: unknown, mark: string): unknown {
  if (typeof value !== 'string' || !value.startsWith(mark)) return value;
  const word = value.slice(mark.length);
  if (!special.test(word)) return value;
  return word === 'NaN' || word.endsWith('Infinity') ? Number(word) : BigInt(word);
}

function unusedMark(text: string): string {
  let mark = '#';
  while (text.includes(mark)) mark += '#';
  return mark;
}

function explain(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `not valid JSON (${reason.replace(/, "[\s\S]*$/, '').replace(/[\p{Cc}\p{Cf}]/gu, ' ')})`;
}
