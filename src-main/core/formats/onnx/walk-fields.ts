import type { ByteReader } from '../byte-reader.ts';
import { Damage, LimitReached, rule } from '../damage.ts';
import { formatCount } from '../plain-text.ts';
import { readVarint } from './read-varint.ts';

/** A field of a protobuf message. Positions are in the file, in bytes. */
export interface Field {
  number: number;
  /** 0 varint, 1 eight bytes, 2 as many bytes as it says, 5 four bytes. */
  wire: number;
  /** Of a varint; beyond 2^53 only nearly right. Else 0. */
  value: number;
  start: number;
  end: number;
  /** Whether the file ends inside it: then it ends there. */
  isCut: boolean;
}

/** The file ends before the model does. */
export class CutOff extends Damage {}

/** Counts down over a whole file, however its messages are nested. */
export interface FieldBudget {
  fields: number;
}

const longestHead = 20;

/** What is done with a field. Only what waits for the file returns a promise: there can be a million fields. */
type OnField = (field: Field) => void | Promise<void>;

/**
 * Tells the fields of the message that ends at `end`, the reader at the start of each one's payload; what is left of it is
 * skipped without being read. The field in which the file ends is told as far as it is there. @throws CutOff then, and
 * Damage when a field does not end where its message does, or there is no end of them
 */
export async function walkFields(
  reader: ByteReader,
  end: number,
  budget: FieldBudget,
  onField: OnField,
): Promise<void> {
  while (reader.position < end) {
    const length = Math.min(longestHead, end - reader.position);
    if (reader.buffered < length) await reader.fill(length);
    const field = takeHead(reader, length, end);
    spend(budget);
    const waiting = onField(field);
    if (waiting) await waiting;
    if (field.isCut) throw cutOff(reader);
    reader.skip(field.end - reader.position);
  }
}

function spend(budget: FieldBudget): void {
  budget.fields -= 1;
  if (budget.fields < 0) throw new LimitReached('it has more parts than are looked at');
}

function takeHead(reader: ByteReader, length: number, end: number): Field {
  const position = reader.position;
  const head = reader.peek(length);
  const tag = readVarint(head, 0);
  if (tag === null) throw cutOff(reader);
  const payload = payloadOf(head, tag.end, tag.value % 8);
  if (payload === null) throw cutOff(reader);
  const start = position + payload.start;
  const isCut = start + payload.length > end;
  // A message within the file that is too short for what is in it is no message that goes on beyond the end.
  if (isCut && (end < reader.end || tag.value % 8 !== 2)) throw cutOff(reader);
  reader.skip(payload.start);
  return {
    number: Math.floor(tag.value / 8),
    wire: tag.value % 8,
    value: payload.value,
    start,
    end: Math.min(end, start + payload.length),
    isCut,
  };
}

function cutOff(reader: ByteReader): CutOff {
  return new CutOff(`${formatCount(reader.end)} bytes: the end of the model is missing`);
}

/** Where a payload begins and how long it is. Null when the message ends before that is told. */
function payloadOf(head: Buffer, at: number, wire: number) {
  if (wire === 1) return { start: at, length: 8, value: 0 };
  if (wire === 5) return { start: at, length: 4, value: 0 };
  rule(wire === 0 || wire === 2, 'the fields of the model are broken');
  const varint = readVarint(head, at);
  if (varint === null) return null;
  return wire === 0
    ? { start: at, length: varint.end - at, value: varint.value }
    : { start: varint.end, length: varint.value, value: 0 };
}

const longestText = 64 * 1024;

/** The payload of a field as text, as much of it as is shown anywhere. */
export async function readText(reader: ByteReader, { start, end, isCut }: Field): Promise<string> {
  if (isCut) throw cutOff(reader);
  const length = Math.min(end - start, longestText);
  await reader.fill(length);
  return reader.take(length).toString('utf8');
}

/** A message of two texts, a key and a value. onnx.proto, StringStringEntryProto */
export async function readPair(
  reader: ByteReader,
  end: number,
  budget: FieldBudget,
): Promise<[key: string, value: string]> {
  const texts = new Map<number, string>();
  await walkFields(reader, end, budget, (field) =>
    field.wire === 2 && field.number <= 2 ? keepText(texts, reader, field) : undefined,
  );
  return [texts.get(1) ?? '', texts.get(2) ?? ''];
}

async function keepText(texts: Map<number, string>, reader: ByteReader, field: Field): Promise<void> {
  texts.set(field.number, await readText(reader, field));
}
