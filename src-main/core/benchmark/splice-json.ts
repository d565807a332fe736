import { writePythonJson } from '../catalog/write-python-json.ts';
import type { SidecarChange } from './evaluation.ts';

/** A member of an object: `lead` is what stands between the one before it and its key, `from` and `to` are where its value stands. */
interface Member {
  key: string;
  lead: string;
  from: number;
  to: number;
}

/** What takes the place of the characters from one to another. */
interface Edit {
  from: number;
  to: number;
  written: string;
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
 * The text of a JSON object with values put in at paths of keys; objects on the way there are made. Every other character stays as it is, so
 * that `1.0` stays a float, and whatever wrote the text finds it as it wrote it. New members come last, laid out as those before them.
 * @param text an object that `parseJson` reads; NaN and ±Infinity may stand bare
 * @param changes paths of at least one key, of which none begins with another's; what has one of their keys before the last is an object
 */
export function spliceJson(text: string, changes: readonly SidecarChange[]): string {
  const start = skip(text, text.startsWith('\ufeff') ? 1 : 0);
  let at = 0;
  const pieces = editsOf(text, start, changes)
    .sort((a, b) => a.from - b.from)
    .map(({ from, to, written }) => {
      const before = text.slice(at, from);
      at = to;
      return before + written;
    });
  return pieces.join('') + text.slice(at);
}

function editsOf(text: string, start: number, changes: readonly SidecarChange[]): Edit[] {
  const members = [...membersOf(text, start)];
  // Of several of one key the last counts, as Python and JavaScript read it.
  const byKey = new Map(members.map((member) => [member.key, member]));
  const layout = members.find(({ lead }) => lead.includes('\n'))?.lead ?? null;
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const [key, inner] of byFirstKey(changes)) {
    const member = byKey.get(key);
    if (member) edits.push(...editsOfMember(text, member, inner, layout));
    else added.push(`${writePythonJson(key)}: ${writeValue(inner, layout)}`);
  }
  return added.length === 0 ? edits : [...edits, addedLast(added, members.at(-1)?.to, start, layout)];
}

/** New members, after the last there is. */
function addedLast(
  added: readonly string[],
  last: number | undefined,
  start: number,
  layout: string | null,
): Edit {
  const at = last ?? start + 1;
  const written = (last === undefined ? added : ['', ...added]).join(`,${layout ?? ' '}`);
  return { from: at, to: at, written };
}

/** Changes by the key that each begins with, in their order, and without it. */
function byFirstKey(changes: readonly SidecarChange[]): Map<string, SidecarChange[]> {
  const found = new Map<string, SidecarChange[]>();
  for (const { path, value } of changes) {
    const [key = '', ...rest] = path;
    const inner = found.get(key) ?? [];
    found.set(key, inner);
    inner.push({ path: rest, value });
  }
  return found;
}

function editsOfMember(
  text: string,
  { from, to }: Member,
  changes: readonly SidecarChange[],
  layout: string | null,
): Edit[] {
  const isInside = text[from] === '{' && changes.every(({ path }) => path.length > 0);
  return isInside ? editsOf(text, from, changes) : [{ from, to, written: writeValue(changes, layout) }];
}

/** One value, or an object that is made of several. */
function writeValue([first, ...others]: readonly SidecarChange[], layout: string | null): string {
  const value = first?.path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), first.value);
  const written = layOut(value, layout);
  return others.length === 0 ? written : spliceJson(written, others);
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
