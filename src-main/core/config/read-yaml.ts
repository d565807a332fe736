import { isScalar, parseDocument, visit } from 'yaml';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelValidationError } from '../errors.ts';
import { explainError } from '../files/error-code.ts';
import { readText } from '../files/read-text.ts';

/** In bytes: real ones have a few thousand, and the parser's time can grow with the square. */
const limit = 256 * 1024;
const deepestBrackets = 100;
/** Indentation, or a row of `- - -`, that only an attack has. */
const deepLine = /^ {200}|(?:[-?][ \t]+){100}/m;

/** What a YAML file holds, which may be JSON. @throws system errors, the parser's, and ModelValidationError; see {@link explainYaml} */
export function readYaml(path: string, most = limit): unknown {
  return parseYaml(readText(path, most));
}

/** Why {@link readYaml} failed, in words. */
export function explainYaml(error: unknown): string {
  return isSystemError(error) ? explainError(error) : firstLine(error);
}

/** @throws ModelValidationError before the parser meets a text so deep that it would exhaust the stack, and end the process */
function parseYaml(text: string): unknown {
  if (deepLine.test(text) || bracketDepth(text) > deepestBrackets)
    throw new ModelValidationError('it is nested too deep');
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'error' });
  const [error] = document.errors;
  if (error) throw error;
  refuseTwins(document);
  return document.toJS({ maxAliasCount: 100 });
}

/** The parser's own look for keys that stand twice compares each with all before it. */
function refuseTwins(document: ReturnType<typeof parseDocument>): void {
  visit(document, {
    Map: (_, { items }) => {
      const keys = items.flatMap(({ key }) => (isScalar(key) ? [key.value] : []));
      const seen = new Set<unknown>();
      const twin = keys.find((key) => seen.size === seen.add(key).size);
      if (twin !== undefined)
        throw new ModelValidationError(`the key ${escapeName(String(twin), 80)} stands twice`);
    },
  });
}

/** Brackets within quotes are none, but what looks like quotes may be apostrophes: the deepest that it can be is told. */
function bracketDepth(text: string): number {
  const without = (part: RegExp) => text.replace(part, '');
  const readings = [text, without(doubly), without(singly), without(quoted)];
  return Math.max(...readings.map(depthOf));
}

const doubly = /"(?:[^"\\]|\\.)*"/gs;
const singly = /'(?:[^']|'')*'/gs;
const quoted = new RegExp(`${doubly.source}|${singly.source}`, 'gs');

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (bracket === '[' || bracket === '{' ? 1 : -1));
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** The yaml parser's errors have codes of their own. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function firstLine(error: unknown): string {
  return escapeName(((error as Error).message ?? String(error)).split('\n')[0] ?? '', 200);
}
