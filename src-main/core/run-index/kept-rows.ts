import { sep } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { z } from 'zod';
import { idsOf, type PackedVersions } from '../catalog/packed-versions.ts';
import { identityLength } from './plain-group.ts';

/** What is kept of the files of one version: the names of all but its model, and their state. */
export interface KeptFiles {
  others: string;
  identity: ArrayLike<number>;
}

/** Some versions, and what their files were when they were read. */
export interface KeptRows {
  /** The names of each version's other files. */
  others: readonly string[];
  /** The state of each version's files. */
  identities: Float64Array;
  /** Without texts. */
  versions: PackedVersions;
}

/** {@link KeptRows} that came back, with the id of each version. */
export interface FoundRows extends KeptRows {
  ids: readonly string[];
}

/** Stands in no file's name. */
const separator = '\0';
/** In memory of their own, so that they can be sent on. */
const numbersSchema = z.instanceof(Float64Array).transform((numbers) => {
  const isAlone = numbers.byteLength === numbers.buffer.byteLength && numbers.buffer instanceof ArrayBuffer;
  return isAlone ? (numbers as Float64Array<ArrayBuffer>) : new Float64Array(numbers);
});
const rowsSchema = z.object({
  others: z.string(),
  identities: z.instanceof(Float64Array),
  versions: z.object({
    numbers: numbersSchema,
    metrics: z.object({ shapes: z.array(z.array(z.string())), values: numbersSchema }),
    ids: z.string(),
    checksums: z.string(),
    words: z.string(),
    texts: z.null(),
  }),
});

export function encodeRows({ others, identities, versions }: KeptRows): Buffer {
  return serialize({ others: others.join(separator), identities, versions: { ...versions, texts: null } });
}

/** Null when the bytes are not what {@link encodeRows} makes. */
export function decodeRows(bytes: Uint8Array): FoundRows | null {
  const parsed = rowsSchema.safeParse(tryDeserialize(bytes));
  if (!parsed.success) return null;
  const { identities, versions } = parsed.data;
  const others = parsed.data.others.split(separator);
  const ids = idsOf(versions);
  const isWhole = ids?.length === others.length && identities.length === others.length * identityLength;
  return isWhole && ids.every(staysInFolder) ? { ids, others, identities, versions } : null;
}

/** What lies between the slashes of an id, and in the names, leads nowhere else. */
function staysInFolder(id: string): boolean {
  return sep === '/' || !id.includes(sep);
}

function tryDeserialize(bytes: Uint8Array): unknown {
  try {
    return deserialize(bytes);
  } catch {
    return null;
  }
}
