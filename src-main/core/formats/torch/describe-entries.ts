import type { Entry } from '../contents.ts';
import { asKind, type Call, type Described, fullName, isDescribed, type Value } from '../pickle/value.ts';
import { formatCount, plainName, plural } from '../plain-text.ts';
import { childrenOf, countChildren, oldText } from './children.ts';
import { readScalar, scalarType, startOfBytes } from './numpy-values.ts';
import type { Malformed, Rebuilt } from './rebuild-tensor.ts';

const mostEntries = 10_000;
/** Of what is shown of a text of Python 2, in bytes. */
const longestText = 4096;

type Rebuild = (value: Value) => Rebuilt | Malformed | null;

/**
 * What is at the top of a checkpoint, a line each: by its keys where it has some, else the one thing that it is, under
 * an empty key. `counts` has the number of tensors below each key.
 */
export function describeEntries(root: Value, counts: ReadonlyMap<string, number>, rebuild: Rebuild): Entry[] {
  const whole = () => [entryOf('', root, 0, rebuild)];
  if (!isDescribed(root) || isBareCall(root) || rebuild(root) !== null) return whole();
  const entries: Entry[] = [];
  for (const [key, value] of childrenOf(root)) {
    if (entries.length === mostEntries) return [...entries, restOf(root)];
    entries.push(entryOf(key, value, counts.get(key) ?? 0, rebuild));
  }
  return entries.length > 0 ? entries : whole();
}

/** A call whose arguments are all there is to it. */
function isBareCall(root: Described): boolean {
  return root.kind === 'call' && root.state === undefined && root.entries.size + root.items.length === 0;
}

function restOf(root: Described): Entry {
  return { key: '…', type: '', summary: `${formatCount(countChildren(root) - mostEntries)} more` };
}

function entryOf(key: string, value: Value, tensors: number, rebuild: Rebuild): Entry {
  const tensor = rebuild(value);
  if (tensor !== null && tensor !== 'malformed') {
    const type = asKind(value, 'persistent') ? 'storage' : 'tensor';
    return { key, type, summary: `${tensor.dtype} [${tensor.shape.join(', ')}]` };
  }
  return { key, type: typeOf(value), summary: summarise(value, tensors) };
}

/** By Python's names; whether a number was an int or a float is not told. */
function typeOf(value: Value): string {
  if (value === null) return 'None';
  if (!isDescribed(value)) return { string: 'str', boolean: 'bool' }[typeof value as string] ?? 'number';
  if (value.kind === 'call') return typeOfCall(value);
  return oldText(value, 0) === null ? (kindNames.get(value.kind) ?? value.kind) : 'str';
}

function typeOfCall(call: Call): string {
  return startOfBytes(call, 0) ? 'bytes' : plainName(fullName(call.callee)) || 'object';
}

const kindNames: ReadonlyMap<string, string> = new Map([
  ['float', 'number'],
  ['name', 'class or function'],
]);

function summarise(value: Value, tensors: number): string {
  if (typeof value === 'string') return plainName(value);
  if (!isDescribed(value)) return Object.is(value, -0) ? '-0.0' : value === null ? '' : String(value);
  return tensors > 0 ? plural(tensors, 'tensor') : summariseDescribed(value);
}

function summariseDescribed(value: Described): string {
  switch (value.kind) {
    case 'name':
      return plainName(fullName(value));
    case 'bytes': {
      const text = oldText(value, longestText);
      return text === null ? plural(value.length, 'byte') : plainName(text);
    }
    case 'opaque':
      return value.what;
    case 'float':
      return String(value.value);
    case 'persistent':
      return 'kept outside the pickle';
    case 'call':
      return summariseCall(value);
    default:
      return plural(countChildren(value), 'item');
  }
}

function summariseCall(call: Call): string {
  const scalar = readScalar(call);
  if (scalar !== undefined) return summarise(scalar, 0);
  const bytes = startOfBytes(call, 0);
  if (bytes) return plural(bytes.length, 'byte');
  const type = scalarType(call);
  return type === null ? plural(countChildren(call), 'item') : `not read: ${type}`;
}
