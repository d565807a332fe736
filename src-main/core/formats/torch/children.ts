import { isUtf8 } from 'node:buffer';
import {
  asKind,
  type Call,
  type Described,
  fullName,
  isDescribed,
  isHolder,
  itemsOf,
  type Value,
} from '../pickle/value.ts';

import { objectsIn, startOfBytes } from './numpy-values.ts';

export type Child = readonly [key: string, value: Value];

/** Keys are shown, never looked up by: they may be anything a file says. */
const longestKey = 200;

type Wanted = (value: Value) => boolean;
const anything: Wanted = () => true;

/** What a value holds, each part with the key that leads to it. */
export function childrenOf(value: Described): Generator<Child> {
  return partsOf(value, anything);
}

/** The same of what may hold more: a million numbers are passed over without a key for each. */
export function describedChildrenOf(value: Described): Generator<Child> {
  return partsOf(value, isHolder);
}

function* partsOf(value: Described, wanted: Wanted): Generator<Child> {
  switch (value.kind) {
    case 'dict':
      yield* keyed(value.entries, wanted);
      break;
    case 'list':
    case 'tuple':
    case 'set':
      yield* numbered(value.items, wanted);
      break;
    case 'call':
      yield* moduleChildren(value, wanted) ?? callChildren(value, wanted);
      break;
    default:
  }
}

/** About how many parts that is, without going through them: what is shared is counted wherever it is. */
export function countChildren(value: Described): number {
  if (value.kind !== 'call') return sizeOf(value);
  const { args, items, entries, state } = value;
  return (
    args.length + items.length + entries.size + stateParts(state).reduce((sum, part) => sum + part.size, 0)
  );
}

function sizeOf(value: Exclude<Described, Call>): number {
  if ('entries' in value) return value.entries.size;
  return 'items' in value ? value.items.length : 0;
}

/** A key as Python's `str` would show it. */
export function keyText(key: Value): string {
  const text = isDescribed(key) ? describeKey(key) : plainKey(key);
  return text.length <= longestKey ? text : `${text.slice(0, longestKey - 1)}…`;
}

function plainKey(key: Exclude<Value, Described>): string {
  if (key === null) return 'None';
  return typeof key === 'boolean' ? (key ? 'True' : 'False') : String(key);
}

function describeKey(key: Described): string {
  if (key.kind === 'float') return key.value.toFixed(1);
  const bytes = startOfBytes(key, longestKey);
  if (bytes) return oldText(key, 4 * longestKey + 4) ?? bytesText(bytes.start);
  if (key.kind !== 'tuple') return `(${key.kind})`;
  const items = key.items
    .slice(0, 8)
    .map((item) => (isDescribed(item) && item.kind !== 'float' ? `(${item.kind})` : keyText(item)));
  return `(${items.join(', ')})`;
}

/** As Python 3 has it for a person: `b'\\xe9'`. */
function bytesText(bytes: Buffer): string {
  const characters = Array.from(bytes, (byte) => {
    if (byte === backslash) return '\\\\';
    return byte >= 0x20 && byte < 0x7f
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `b'${characters.join('')}'`;
}

const backslash = 0x5c;

/** A text of Python 2, where that is no ASCII: what is no UTF-8 was Latin-1 as often as not. Null for anything else. @param most of its bytes */
export function oldText(value: Value | undefined, most = Number.POSITIVE_INFINITY): string | null {
  const bytes = asKind(value, 'bytes');
  if (!bytes?.isText || !bytes.content) return null;
  return bytes.content.subarray(0, most).toString(isUtf8(bytes.content) ? 'utf8' : 'latin1');
}

function* keyed(entries: ReadonlyMap<Value, Value>, wanted: Wanted): Generator<Child> {
  for (const [key, value] of entries) if (wanted(value)) yield [keyText(key), value];
}

function* numbered(items: readonly Value[], wanted: Wanted): Generator<Child> {
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index] ?? null;
    if (wanted(item)) yield [String(index), item];
  }
}

const moduleParts = ['_parameters', '_buffers', '_modules'];
/** What torch keeps in each module for its own use. */
const plumbing = /_hooks?(_|$)|^_non_persistent_buffers_set$/;

/**
 * The parameters, buffers and modules in a `torch.nn.Module`, as if they were its own; then the rest of its state. Null
 * for anything else.
 */
function moduleChildren({ state }: Call, wanted: Wanted): Iterable<Child> | null {
  const entries = asKind(state, 'dict')?.entries;
  if (!entries || !moduleParts.every((part) => entries.has(part))) return null;
  const rest = new Map(
    [...entries].filter(([key]) => !moduleParts.includes(String(key)) && !plumbing.test(String(key))),
  );
  const own = moduleParts.flatMap((part) => {
    const held = entries.get(part);
    return isDescribed(held) ? [...plainChildren(held, wanted)] : [];
  });
  return [...own, ...keyed(rest, wanted)];
}

function* callChildren(call: Call, wanted: Wanted): Generator<Child> {
  const { callee, args, items, entries } = call;
  const name = fullName(callee);
  yield* keyed(entries, wanted);
  yield* numbered(items, wanted);
  yield* rebuilders.has(name) ? rebuiltChildren(args, wanted) : numbered(args, wanted);
  // A state dict carries the versions of its modules as an attribute beside its items.
  if (name !== 'collections.OrderedDict') yield* stateChildren(call, wanted);
}

/** Attributes by their names; what a class takes in its own way (`__setstate__`) by its place in that. */
function* stateChildren(call: Call, wanted: Wanted): Generator<Child> {
  const { state = null } = call;
  for (const part of stateParts(state)) yield* keyed(part, wanted);
  const objects = objectsIn(call);
  const items = objects ?? itemsOf(state)?.map((item) => (asKind(item, 'dict') ? null : item)) ?? [];
  // Its place in the state is told from a place among the arguments.
  const before = objects || hasNoPlaces(call) ? '' : 'state.';
  for (const [key, item] of numbered(items, wanted)) yield [`${before}${key}`, item];
  if (asKind(state, 'call') && wanted(state)) yield ['state', state];
}

const hasNoPlaces = ({ callee, args }: Call) => args.length === 0 || rebuilders.has(fullName(callee));

/** How protocols before 2 make an instance of a class: of the class, one of those it is built on, and what that has. copyreg.py */
const rebuilders: ReadonlySet<string> = new Set(['copyreg._reconstructor', 'copy_reg._reconstructor']);

function rebuiltChildren([, , held]: readonly Value[], wanted: Wanted): Iterable<Child> {
  return isDescribed(held) ? plainChildren(held, wanted) : [];
}

/** What a value holds that is itself held in the place of its holder's parts. An instance there is no more than what it was made of: it could be its holder. */
function plainChildren(held: Described, wanted: Wanted): Iterable<Child> {
  if (held.kind !== 'call') return partsOf(held, wanted);
  return [...keyed(held.entries, wanted), ...numbered(held.items, wanted)];
}

/** What an instance is given as its attributes: state is a dict, or with slots a pair of which one is. */
export function stateParts(state: Value | undefined): ReadonlyMap<Value, Value>[] {
  const parts = itemsOf(state) ?? [state ?? null];
  return parts.flatMap((part) => asKind(part, 'dict')?.entries ?? []);
}
