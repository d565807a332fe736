import { writePythonJson } from '../catalog/write-python-json.ts';

/** A member of an object: `lead` is what stands between the one before it and its key, `from` and `to` are where its value stands. */
interface Member {
  key: string;
  lead: string;
  from: number;
  to: number;
}

/** One value of a valid text, by its first character; what is not a text, a list or an object ends where a value may. */
const scalar = /[^\s,\]}]+/y;
const gap = /\s*/y;
const steps = new Map([
  ['[', 1],
  ['{', 1],
  [']', -1],
  ['}', -1],
]);

/**
 * The text of a JSON object with a value put in at a path of keys; objects on the way there are made. Every other character stays as it is, so
 * that `1.0` stays a float, and whatever wrote the text finds it as it wrote it. New members come last, laid out as those before them.
 * @param text an object that `parseJson` reads; NaN and ±Infinity may stand bare
 * @param path at least one key; what has one of them before the last is an object
 */
export function spliceJson(text: string, path: readonly string[], value: unknown): string {
  return spliceAt(text, skip(text, text.startsWith('\ufeff') ? 1 : 0), path, value);
}

function spliceAt(
  text: string,
  start: number,
  [key = '', ...rest]: readonly string[],
  value: unknown,
): string {
  const members = [...membersOf(text, start)];
  // Of several of one key the last counts, as Python and JavaScript read it.
  const member = members.findLast((each) => each.key === key);
  if (member && rest.length > 0 && text[member.from] === '{') return spliceAt(text, member.from, rest, value);
  const layout = members.find(({ lead }) => lead.includes('\n'))?.lead ?? null;
  const written = layOut(
    rest.reduceRight<unknown>((inner, each) => ({ [each]: inner }), value),
    layout,
  );
  if (member) return text.slice(0, member.from) + written + text.slice(member.to);
  const last = members.at(-1);
  const at = last?.to ?? start + 1;
  const lead = last ? `,${layout ?? ' '}` : '';
  return `${text.slice(0, at)}${lead}${writePythonJson(key)}: ${written}${text.slice(at)}`;
}

function* membersOf(text: string, start: number): Generator<Member> {
  for (let before = start + 1, at = skip(text, before); text[at] === '"'; ) {
    const end = endOfText(text, at);
    const from = skip(text, skip(text, end) + 1);
    const to = endOfValue(text, from);
    yield { key: JSON.parse(text.slice(at, end)), lead: text.slice(before, at), from, to };
    before = skip(text, to) + 1;
    at = text[before - 1] === ',' ? skip(text, before) : text.length;
  }
}

/** Texts hold no line breaks, so that every one of them may be moved. */
function layOut(value: unknown, layout: string | null): string {
  if (layout === null) return writePythonJson(value, null);
  return writePythonJson(value, 2).replaceAll('\n', layout.slice(layout.lastIndexOf('\n')));
}

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfText(text, start);
  if (!steps.has(text[start] ?? '')) return match(scalar, text, start);
  let at = start;
  let depth = 0;
  do {
    depth += steps.get(text[at] ?? '') ?? 0;
    at = text[at] === '"' ? endOfText(text, at) : at + 1;
  } while (depth > 0);
  return at;
}

function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skip(text: string, at: number): number {
  return match(gap, text, at);
}

function match(pattern: RegExp, text: string, at: number): number {
  const scan = new RegExp(pattern);
  scan.lastIndex = at;
  return scan.test(text) ? scan.lastIndex : at;
}
