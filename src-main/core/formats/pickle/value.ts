import type { TextForm } from '../text-bytes.ts';

/** What a pickle would build, described and never built. Texts, numbers, truth values and None stand for themselves. */
export type Value = null | boolean | number | bigint | string | Described;
export type Described = PickledName | Sequence | Dictionary | Call | Bytes | Persistent | WholeFloat | Opaque;

/** A class or function that a pickle names; there is one of these for each name. It is never looked up. */
export interface PickledName {
  kind: 'name';
  module: string;
  name: string;
  /** The most that the pickle does with it: an instance made without calling it is less than a call. */
  use: 'named' | 'made' | 'called';
  /** Of a function that loads a pickle, how many uses of it were not followed into that; without end where it was handed on. */
  unfollowed: number;
  /** Of the first instruction that names it, in bytes of the file, or the part of one, that its pickle is in; null where it is in none. */
  offset: number | null;
}

export interface Sequence {
  kind: 'list' | 'tuple' | 'set';
  items: Value[];
}

/** Keys are whatever the pickle has: a Map holds `__proto__` as it holds any other text. */
export interface Dictionary {
  kind: 'dict';
  entries: Map<Value, Value>;
}

/** A call that is not made, or an instance that is not made, with what the pickle then does to the result. */
export interface Call {
  kind: 'call';
  callee: Value;
  args: readonly Value[];
  /** What BUILD would set; undefined without it. */
  state: Value | undefined;
  /** What would be appended to it. */
  items: Value[];
  /** What would be set in it by key. */
  entries: Map<Value, Value>;
  /** Elements of an array that follow what sets its state. */
  elements?: Bytes;
}

/** Bytes inside the pickle; `start` is counted in the source that the pickle was read from. */
export interface Bytes {
  kind: 'bytes';
  start: number;
  length: number;
  /** The bytes themselves, of short ones. */
  content: Buffer | null;
  /** Whether they are a text of Python 2, which has no other. */
  isText?: boolean;
}

/** Something outside the pickle that it refers to by an id. */
export interface Persistent {
  kind: 'persistent';
  id: Value;
}

/** A float that is a whole number: as a number alone it would pass for an int. */
export interface WholeFloat {
  kind: 'float';
  value: number;
}

/** What is not followed: a text or number that is too long, a buffer or an extension from elsewhere. */
export interface Opaque {
  kind: 'opaque';
  what: string;
  /** Where a text is that is too long, in the source that the pickle was read from. In bytes. */
  text?: { start: number; length: number; form: TextForm };
}

/** Whole floats up to here are described once each: histories of rewards have the same few again and again. */
const common = { least: -1024, most: 65_535 };
const commonFloats: WholeFloat[] = [];

/** A float of Python as a value. */
export function floatValue(value: number): Value {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return value;
  if (!isCommon(value)) return wholeFloat(value);
  const at = value - common.least;
  commonFloats[at] ??= wholeFloat(value);
  return commonFloats[at];
}

/** What fits an integer of 32 bits is kept as one, which takes a third less memory. */
const wholeFloat = (value: number): WholeFloat => ({
  kind: 'float',
  value: (value | 0) === value ? value | 0 : value,
});

const isCommon = (value: number) => value >= common.least && value <= common.most;

/** How much of what is kept of a pickle a value is; what takes no memory of its own is nothing, an object is 1. Numbers beyond 2^53 take long to make. */
export function weightOf(value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'object' && value.kind === 'float') return isCommon(value.value) ? 0 : 0.39;
  return weights.get(typeof value) ?? 0;
}

const weights: ReadonlyMap<string, number> = new Map([
  ['object', 1],
  ['string', 1],
  ['bigint', 4],
]);

const noItems: Value[] = [];
const noEntries = new Map<Value, Value>();

/** Calls are many and are rarely filled, so they share one empty list and one empty map until they are. */
export function newCall(callee: Value, args: readonly Value[]): Call {
  return { kind: 'call', callee, args, state: undefined, items: noItems, entries: noEntries };
}

export function append(target: Value, added: readonly Value[]): void {
  if (!isDescribed(target) || !('items' in target)) return;
  // Pushed into an empty one, one item would have room for 17 made: a pickle of nothing but lists can ask for that a million times.
  if (target.items.length === 0) target.items = [...added];
  else for (const item of added) target.items.push(item);
}

/** Keys and values in turn. Gives the values that had one of these keys before. */
export function setEntries(target: Dictionary | Call, pairs: readonly Value[]): readonly Value[] {
  const replaced: Value[] = [];
  if (target.entries === noEntries) target.entries = new Map();
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const key = pairs[at] ?? null;
    const before = target.entries.get(key);
    if (isDescribed(before)) replaced.push(before);
    target.entries.set(key, pairs[at + 1] ?? null);
  }
  return replaced;
}

/** What may turn out to be anything when it is made. */
const unclear: ReadonlySet<Described['kind']> = new Set(['name', 'call', 'persistent', 'opaque']);

export function isUnclear(value: Value): value is Described {
  return isDescribed(value) && unclear.has(value.kind);
}

const holders: ReadonlySet<Described['kind']> = new Set([
  'list',
  'tuple',
  'set',
  'dict',
  'call',
  'persistent',
]);

/** Whether it holds others, or may be a tensor. */
export function isHolder(value: Value): value is Described {
  return isDescribed(value) && holders.has(value.kind);
}

export function isDescribed(value: Value | undefined): value is Described {
  return typeof value === 'object' && value !== null;
}

/** The value when it is of that kind, else null. */
export function asKind<K extends Described['kind']>(
  value: Value | undefined,
  kind: K,
): Extract<Described, { kind: K }> | null {
  return isDescribed(value) && value.kind === kind ? (value as Extract<Described, { kind: K }>) : null;
}

/** The items of a tuple or list; null for anything else. */
export function itemsOf(value: Value | undefined): readonly Value[] | null {
  return isDescribed(value) && (value.kind === 'tuple' || value.kind === 'list') ? value.items : null;
}

/** `module.name` of a name; an empty text for anything else. */
export function fullName(value: Value | undefined): string {
  const named = asKind(value, 'name');
  return named ? `${named.module}.${named.name}` : '';
}
