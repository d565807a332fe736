import { lastFields, type MessageField, messageFields } from './message-fields.ts';
import { scalarOfTensor } from './scalar-of-tensor.ts';

/** A number that an event logs. */
export interface LoggedScalar {
  tag: string;
  value: number;
}

/** An event of TensorBoard. */
export interface TensorBoardEvent {
  step: number;
  /** What the first event of a file says it is; else null. */
  fileVersion: string | null;
  scalars: readonly LoggedScalar[];
}

/** tensorflow/core/util/event.proto: step 2, file_version 3, summary 5. @throws Damage where it is none */
export function readEvent(message: Buffer): TensorBoardEvent {
  const fields = lastFields(message);
  const [step, version, summary] = [2, 3, 5].map((number) => fields.get(number));
  return {
    step: step?.wire === 0 ? step.value : 0,
    fileVersion: textIn(version),
    scalars: summary?.wire === 2 ? scalarsOf(summary.bytes) : [],
  };
}

/** tensorflow/core/framework/summary.proto: value 1. */
function scalarsOf(summary: Buffer): LoggedScalar[] {
  const values = [...messageFields(summary)].filter(({ number, wire }) => number === 1 && wire === 2);
  return values.flatMap(({ bytes }) => scalarOf(bytes) ?? []);
}

/** tag 1, simple_value 2, tensor 8, metadata 9. Null for what is no scalar. */
function scalarOf(message: Buffer): LoggedScalar | null {
  const fields = lastFields(message);
  const tag = textIn(fields.get(1));
  const value = simpleValueIn(fields.get(2)) ?? tensorValueIn(fields.get(8), fields.get(9));
  return tag === null || value === null ? null : { tag, value };
}

function textIn(field: MessageField | undefined): string | null {
  return field?.wire === 2 ? field.bytes.toString('utf8') : null;
}

function simpleValueIn(field: MessageField | undefined): number | null {
  return field?.wire === 5 ? field.bytes.readFloatLE(0) : null;
}

function tensorValueIn(tensor: MessageField | undefined, metadata: MessageField | undefined): number | null {
  if (tensor?.wire !== 2) return null;
  const plugin = metadata?.wire === 2 ? pluginIn(metadata.bytes) : null;
  return plugin === null || plugin === 'scalars' ? scalarOfTensor(tensor.bytes) : null;
}

/** SummaryMetadata: plugin_data 1, whose plugin_name is 1. */
function pluginIn(metadata: Buffer): string | null {
  const data = firstBytes(metadata);
  return data && (firstBytes(data)?.toString('utf8') ?? null);
}

function firstBytes(message: Buffer): Buffer | null {
  for (const { number, wire, bytes } of messageFields(message)) if (number === 1 && wire === 2) return bytes;
  return null;
}
