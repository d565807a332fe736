import type { Json } from '../../../../shared/model/json.ts';
import { ByteReader } from '../byte-reader.ts';
import type { Contents, Entry, Stop, Tensor } from '../contents.ts';
import { Damage, LimitReached, rule } from '../damage.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { mostTensors } from '../most-tensors.ts';
import { formatCount, plainName, plural } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { endsInside } from '../torch/ends-inside.ts';
import { readArray } from './read-array.ts';
import { pass, takeBytes, takeHead, type ValueHead } from './take-head.ts';

const most = {
  bytes: 64 * 1024 * 1024,
  depth: 64,
  tensors: mostTensors,
  text: 64 * 1024,
  values: 20_000,
  names: 16 * 1024 * 1024,
  passed: 1000,
};

/** Extensions of flax: an array, a complex number, a scalar of numpy. flax/serialization.py, _MsgpackExtType */
const extensions = { array: 1, scalar: 3 };

/** Part of a tree, with the keys that lead to it. */
interface Walk {
  source: Source;
  reader: ByteReader;
  tensors: Tensor[];
  /** Plain values by the keys that lead to them, joined. */
  values: Map<string, Json>;
  /** The keys that lead to what is looked at. */
  at: readonly string[];
  /** What is neither array nor plain value and is passed over, by the keys that lead to it. */
  passed: Entry[];
  /** What stopped the reading, or is not all kept. */
  stopped: Stop | undefined;
  /** How many characters of names are still taken. */
  room: number;
}

/** The arrays of a tree that flax saved, each by the keys that lead to it, and the plain values among them. No array is read. */
export async function readFlaxMsgpackContents(source: Source, recognised: FormatName): Promise<Contents> {
  const reader = new ByteReader(source, 0, source.size, most.bytes);
  const walk: Walk = {
    source,
    reader,
    tensors: [],
    values: new Map(),
    at: [],
    passed: [],
    stopped: undefined,
    room: most.names,
  };
  const problems: string[] = [];
  try {
    await visit(walk, []);
    if (reader.remaining > 0) problems.push(`${formatCount(reader.remaining)} bytes were added at its end`);
  } catch (error) {
    // What came before the damage is kept.
    if (!(error instanceof Damage)) throw error;
    const why = inPlace(walk.at, error.message);
    problems.push(why);
    walk.stopped = { why, state: error.state };
  }
  if (walk.stopped?.why === tooManyValues) problems.push(tooManyValues);
  const { tensors, values } = walk;
  const step = values.get('step') ?? null;
  return {
    ...plainContents(recognised, problems, describeTop(walk)),
    trainingState: step === null ? null : { step },
    metadata: values.size === 0 ? null : Object.fromEntries(values),
    writtenBy: { framework: 'flax', version: null, best: null },
    tensors,
    stopped: walk.stopped,
  };
}

const tooManyValues = 'it has more plain values than are kept';

function inPlace(keys: readonly string[], sentence: string): string {
  return keys.length === 0 ? sentence : `${plainName(keys.join('.'))}: ${sentence}`;
}

async function visit(walk: Walk, keys: readonly string[]): Promise<void> {
  walk.at = keys;
  if (keys.length > most.depth) throw new LimitReached('it has values in values deeper than are looked at');
  const head = await takeHead(walk.reader);
  switch (head.kind) {
    case 'map':
      return visitItems(walk, keys, head.count, () => takeKey(walk.reader));
    case 'list':
      return visitItems(walk, keys, head.count, async (index) => String(index));
    case 'extension':
      return visitExtension(walk, keys, head);
    default:
      return keepPlain(walk, keys, head);
  }
}

async function visitItems(
  walk: Walk,
  keys: readonly string[],
  count: number,
  takeName: (index: number) => Promise<string>,
): Promise<void> {
  for (let index = 0; index < count; index += 1) await visit(walk, [...keys, await takeName(index)]);
}

/** A text, or a number: what numbers its parts has those for keys. */
async function takeKey(reader: ByteReader): Promise<string> {
  const head = await takeHead(reader);
  if (head.kind === 'plain') return String(head.value);
  rule(head.kind === 'text' && head.length <= most.text, 'one of its keys is no text');
  return (await takeBytes(reader, head.length)).toString('utf8');
}

/** The keys that lead to a value, as its name. */
function nameOf(walk: Walk, keys: readonly string[]): string {
  const name = keys.join('.');
  walk.room -= name.length;
  if (walk.room < 0) throw new LimitReached('its names are longer than are read');
  return name;
}

async function visitExtension(
  walk: Walk,
  keys: readonly string[],
  { type, length }: Extract<ValueHead, { kind: 'extension' }>,
): Promise<void> {
  const { reader, source, tensors } = walk;
  if (type !== extensions.array && type !== extensions.scalar)
    return passOver(walk, keys, { kind: 'extension', length });
  const end = reader.position + length;
  const name = nameOf(walk, keys);
  if (tensors.length >= most.tensors) throw new LimitReached('it has more arrays than are looked at');
  const tensor = await readArray(reader, source, name);
  const isCut = end > reader.end && reader.position + tensor.bytes === end;
  rule(isCut || reader.position === end, 'it is not packed as flax packs an array');
  tensors.push(tensor);
  rule(!isCut, () => `${endsInside(reader.remaining, tensor.bytes)}, and what follows it is missing`);
}

async function keepPlain(
  walk: Walk,
  keys: readonly string[],
  head: Exclude<ValueHead, { kind: 'map' | 'list' | 'extension' }>,
): Promise<void> {
  const { reader, values } = walk;
  if (values.size >= most.values) walk.stopped ??= { why: tooManyValues, state: 'unknown' };
  const isKept = values.size < most.values;
  if (head.kind === 'plain') {
    if (isKept) values.set(nameOf(walk, keys), head.value);
    return;
  }
  const isShown = isKept && head.kind === 'text' && head.length <= most.text;
  if (!isShown) return passOver(walk, keys, head);
  values.set(nameOf(walk, keys), (await takeBytes(reader, head.length)).toString('utf8'));
}

/** Bytes, a long text, or an extension that flax does not write for an array: its place is told, and nothing of it read. */
function passOver(
  walk: Walk,
  keys: readonly string[],
  { kind, length }: { kind: string; length: number },
): void {
  const { passed, reader } = walk;
  const summary = `not read: ${plural(length, 'byte')}`;
  if (passed.length < most.passed) passed.push({ key: nameOf(walk, keys), type: kind, summary });
  return pass(reader, length);
}

/** What stands at the top of the tree, and how many arrays are in it. */
function describeTop({ tensors, values, passed }: Walk): Entry[] {
  const counts = new Map<string, number>();
  for (const { name } of tensors) {
    const [top = ''] = name.split('.');
    counts.set(top, (counts.get(top) ?? 0) + 1);
  }
  const groups = [...counts].map(([key, count]) => ({ key, type: 'tree', summary: plural(count, 'array') }));
  const plain = [...values]
    .filter(([key]) => !counts.has(key) && !key.includes('.'))
    .map(([key, value]) => ({ key, type: typeof value, summary: plainName(String(value)) }));
  return [...groups, ...plain, ...passed];
}
