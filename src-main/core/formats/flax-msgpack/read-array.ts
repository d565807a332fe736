import type { ByteReader } from '../byte-reader.ts';
import type { Tensor } from '../contents.ts';
import { rule } from '../damage.ts';
import { elementSizes } from '../element-sizes.ts';
import { mostDimensions } from '../most-dimensions.ts';
import { partOfName } from '../part-of-name.ts';
import type { Source } from '../source.ts';
import { takeBytes, takeHead } from './take-head.ts';

const longestName = 64;

/**
 * An array as flax packs it: a list of its shape, the name of its type, which is numpy's, and its bytes. The reader is at
 * that list, and then behind it, or where the file ends inside it at its bytes. @throws Damage when it is none. flax/serialization.py, _ndarray_to_bytes
 */
export async function readArray(reader: ByteReader, source: Source, name: string): Promise<Tensor> {
  await takeCount(reader, 3);
  const shape = await takeShape(reader);
  const dtype = await takeText(reader);
  const head = await takeHead(reader);
  rule(head.kind === 'bytes', notAnArray);
  const { length } = head;
  const start = reader.position;
  const isThere = reader.skip(length);
  const width = elementSizes.get(dtype);
  const wanted = shape.reduce((product, side) => product * side, width ?? 0);
  rule(width === undefined || wanted === length, 'it is not as long as its shape and type say');
  return {
    name,
    dtype,
    shape,
    stride: null,
    offset: null,
    bytes: length,
    storage: null,
    part: partOfName(name),
    data: width === undefined || !isThere ? null : { source, start, length, byteOrder: 'little' },
  };
}

const notAnArray = 'it is not packed as flax packs an array';

async function takeCount(reader: ByteReader, most: number): Promise<number> {
  const head = await takeHead(reader);
  rule(head.kind === 'list' && head.count <= most, notAnArray);
  return head.count;
}

async function takeShape(reader: ByteReader): Promise<number[]> {
  const shape: number[] = [];
  for (let left = await takeCount(reader, mostDimensions); left > 0; left -= 1) {
    const head = await takeHead(reader);
    const side = head.kind === 'plain' ? head.value : null;
    rule(typeof side === 'number' && Number.isSafeInteger(side) && side >= 0, notAnArray);
    shape.push(side);
  }
  return shape;
}

async function takeText(reader: ByteReader): Promise<string> {
  const head = await takeHead(reader);
  rule((head.kind === 'text' || head.kind === 'bytes') && head.length <= longestName, notAnArray);
  return (await takeBytes(reader, head.length)).toString('utf8');
}
