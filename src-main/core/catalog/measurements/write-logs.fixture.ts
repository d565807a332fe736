import { ascii, u32, u64 } from '../../formats/fixtures/bytes.ts';
import { protobufField } from '../../formats/fixtures/write-others.ts';
import { maskedCrc32c } from './crc32c.ts';

/** A record of a TFRecord file. */
export function recordOf(bytes: Buffer): Buffer {
  const length = u64(bytes.length);
  return Buffer.concat([length, u32(maskedCrc32c(length)), bytes, u32(maskedCrc32c(bytes))]);
}

/** The record that every event file begins with. */
export const versionRecord = recordOf(protobufField(3, 'brain.Event:2'));

/** An event with the value of one tag, as PyTorch writes it. */
export function scalarRecord(tag: string, step: number, value: number): Buffer {
  const simple = Buffer.alloc(4);
  simple.writeFloatLE(value);
  const scalar = Buffer.concat([protobufField(1, tag), ascii('\x15'), simple]);
  return recordOf(Buffer.concat([protobufField(2, step), protobufField(5, protobufField(1, scalar))]));
}

/** An event file with the values of one tag by step. */
export function eventsOf(tag: string, values: Readonly<Record<number, number>>): Buffer {
  const records = Object.entries(values).map(([step, value]) => scalarRecord(tag, Number(step), value));
  return Buffer.concat([versionRecord, ...records]);
}

/** A table as CSV. */
export function csvOf(columns: readonly string[], ...rows: readonly (readonly (number | '')[])[]): string {
  return [columns, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** `N.monitor.csv` of episodes that end one second after the other. */
export function monitorOf(
  episodes: readonly (readonly [reward: number, length: number])[],
  start = 0,
): string {
  const rows = episodes.map(([reward, length], index) => `${reward},${length},${index + 1}\n`);
  return `#{"t_start": ${start}, "env_id": "CartPole-v1"}\nr,l,t\n${rows.join('')}`;
}
