import { stringifyJson } from '../../../shared/model/json.ts';

/** Members of an array or object that are one piece. */
const together = 500;

/** A document as `stringifyJson` has it, in pieces: of one with a hundred thousand rows the text is larger than all else about it. */
export function* jsonPieces(document: object): Generator<string> {
  let before = '{';
  for (const [key, value] of Object.entries(document)) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(key)}:`;
    yield* valuePieces(value);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

function* valuePieces(value: unknown): Generator<string> {
  if (Array.isArray(value) && value.length > together) yield* slices('[', value, ']', (slice) => slice);
  else if (isObject(value) && Object.keys(value).length > together)
    yield* slices('{', Object.entries(value), '}', Object.fromEntries);
  else yield stringifyJson(value);
}

/** What stands between the brackets, a slice at a time. */
function* slices<T>(
  open: string,
  members: readonly T[],
  close: string,
  gather: (slice: T[]) => object,
): Generator<string> {
  for (let at = 0; at < members.length; at += together) {
    const inside = stringifyJson(gather(members.slice(at, at + together))).slice(1, -1);
    yield at === 0 ? `${open}${inside}` : `,${inside}`;
  }
  yield close;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
