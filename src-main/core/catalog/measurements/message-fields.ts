import { Damage, rule } from '../../formats/damage.ts';
import { readVarint } from '../../formats/onnx/read-varint.ts';

/** A field of a protobuf message in memory. */
export interface MessageField {
  number: number;
  /** 0 varint, 1 eight bytes, 2 as many bytes as it says, 5 four bytes. */
  wire: number;
  /** Of a varint; beyond 2^53 only nearly right. Else 0. */
  value: number;
  /** All but a varint's. */
  bytes: Buffer;
}

const nothing = Buffer.alloc(0);

/** The fields of a message that is small and in memory whole. @throws Damage where it ends within one */
export function* messageFields(message: Buffer): Generator<MessageField> {
  for (let at = 0; at < message.length; ) {
    const tag = take(readVarint(message, at));
    const wire = tag.value % 8;
    const number = Math.floor(tag.value / 8);
    if (wire === 0) {
      const { value, end } = take(readVarint(message, tag.end));
      yield { number, wire, value, bytes: nothing };
      at = end;
    } else {
      const { start, end } = spanOf(message, tag.end, wire);
      rule(end <= message.length, broken);
      yield { number, wire, value: 0, bytes: message.subarray(start, end) };
      at = end;
    }
  }
}

/** The fields of a message by their numbers: of those that are there more than once, the last. @throws Damage where it ends within one */
export function lastFields(message: Buffer): ReadonlyMap<number, MessageField> {
  const fields = new Map<number, MessageField>();
  for (const field of messageFields(message)) fields.set(field.number, field);
  return fields;
}

function spanOf(message: Buffer, at: number, wire: number): { start: number; end: number } {
  if (wire === 1) return { start: at, end: at + 8 };
  if (wire === 5) return { start: at, end: at + 4 };
  rule(wire === 2, broken);
  const { value, end } = take(readVarint(message, at));
  return { start: end, end: end + value };
}

const broken = 'an event in it is broken';

function take<T>(read: T | null): T {
  if (read === null) throw new Damage(broken);
  return read;
}
