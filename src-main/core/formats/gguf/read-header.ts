import type { Json } from '../../../../shared/model/json.ts';
import { ByteReader, readCount } from '../byte-reader.ts';
import { Damage, LimitReached, rule } from '../damage.ts';
import { mostTensors } from '../most-tensors.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { arrayType, decodeValue, textType, valueWidths } from './value-types.ts';

/** One of the notes at the top; `length` is that of an array, which is not kept when it is long. */
export interface KeyValue {
  key: string;
  value: Json;
  length: number | null;
}

export interface TensorInfo {
  name: string;
  /** Innermost first. */
  dims: number[];
  type: number;
  /** In bytes, from where the data begins. */
  offset: number;
}

export interface GgufHeader {
  values: KeyValue[];
  infos: TensorInfo[];
  /** Where the data begins in the file, in bytes. */
  dataStart: number;
}

const most = { values: 100_000, tensors: mostTensors, dims: 8, text: 64 * 1024, bytes: 256 * 1024 * 1024 };
const keptItems = 16;
const usualAlignment = 32;

/** Everything before the data. @throws Damage when it is cut off or not as the format has it; ggml/docs/gguf.md */
export async function readGgufHeader(source: Source): Promise<GgufHeader> {
  const reader = new ByteReader(source, 0, source.size, most.bytes);
  const start = await take(reader, 24);
  const version = start.readUInt32LE(4);
  if (version !== 2 && version !== 3) {
    throw new Damage('a GGUF model of a version, or a byte order, that is not known', 'unknown');
  }
  const [tensors, values] = [readCount(start, 8), readCount(start, 16)];
  const isPlausible = 12 * values + 24 * tensors <= source.size && values <= most.values;
  rule(isPlausible, `${formatCount(source.size)} bytes: it claims to have more than fits in them`);
  if (tensors > most.tensors) throw new LimitReached('it has more tensors than are looked at');
  const header: GgufHeader = { values: [], infos: [], dataStart: 0 };
  for (let index = 0; index < values; index += 1) header.values.push(await readKeyValue(reader));
  for (let index = 0; index < tensors; index += 1) header.infos.push(await readInfo(reader));
  const alignment = alignmentOf(header.values);
  return { ...header, dataStart: Math.ceil(reader.position / alignment) * alignment };
}

function alignmentOf(values: readonly KeyValue[]): number {
  const alignment = values.find(({ key }) => key === 'general.alignment')?.value ?? usualAlignment;
  rule(
    typeof alignment === 'number' && alignment > 0 && alignment <= 2 ** 20,
    'its alignment is not one there can be',
  );
  return alignment;
}

async function readKeyValue(reader: ByteReader): Promise<KeyValue> {
  const key = await readText(reader);
  const type = (await take(reader, 4)).readUInt32LE();
  if (type !== arrayType) return { key, value: await readValue(reader, type), length: null };
  const head = await take(reader, 12);
  return { key, ...(await readArray(reader, head.readUInt32LE(), readCount(head, 4))) };
}

async function readValue(reader: ByteReader, type: number): Promise<Json> {
  if (type === textType) return readText(reader);
  const width = valueWidths.get(type);
  rule(width !== undefined, 'one of its notes is of a type that is not known');
  return decodeValue(type, await take(reader, width));
}

/** The first items, when there are few; the rest is passed over. */
async function readArray(reader: ByteReader, type: number, length: number): Promise<Omit<KeyValue, 'key'>> {
  const width = valueWidths.get(type);
  rule(width !== undefined || type === textType, 'one of its notes is of a type that is not known');
  const items: Json[] = [];
  if (length <= keptItems) {
    for (let index = 0; index < length; index += 1) items.push(await readValue(reader, type));
    return { value: items, length };
  }
  if (width === undefined) await skipTexts(reader, length);
  else skip(reader, width * length);
  return { value: null, length };
}

async function skipTexts(reader: ByteReader, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) skip(reader, readCount(await take(reader, 8), 0));
}

async function readInfo(reader: ByteReader): Promise<TensorInfo> {
  const name = await readText(reader);
  const count = (await take(reader, 4)).readUInt32LE();
  rule(count <= most.dims, 'a tensor has more dimensions than there can be');
  const rest = await take(reader, 8 * count + 12);
  const dims = Array.from({ length: count }, (_, index) => readCount(rest, 8 * index));
  return { name, dims, type: rest.readUInt32LE(8 * count), offset: readCount(rest, 8 * count + 4) };
}

async function readText(reader: ByteReader): Promise<string> {
  const length = readCount(await take(reader, 8), 0);
  const shown = await take(reader, Math.min(length, most.text));
  skip(reader, length - shown.length);
  return shown.toString('utf8');
}

/** A view; it stays as it is. */
async function take(reader: ByteReader, length: number): Promise<Buffer> {
  rule(await reader.fill(length), () => cutOff(reader));
  return reader.take(length);
}

function skip(reader: ByteReader, length: number): void {
  rule(reader.skip(length), () => cutOff(reader));
}

const cutOff = ({ end }: ByteReader): string => `${formatCount(end)} bytes: its header is cut off`;
