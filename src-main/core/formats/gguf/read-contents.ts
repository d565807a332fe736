import type { Json } from '../../../../shared/model/json.ts';
import type { Contents, Entry, Tensor } from '../contents.ts';
import { rule } from '../damage.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { formatCount, plainName } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { locate } from './locate-tensors.ts';
import { type GgufHeader, type KeyValue, readGgufHeader, type TensorInfo } from './read-header.ts';

/** The tensors of a GGUF model, quantised ones by the name of their type, and its notes. No weight is read. */
export async function readGgufContents(source: Source, recognised: FormatName): Promise<Contents> {
  const header = await readGgufHeader(source);
  const problems = new Problems();
  const tensors: Tensor[] = [];
  for (const info of header.infos) {
    const tensor = await problems.try(() => toTensor(source, header, info, problems));
    if (tensor) tensors.push(tensor);
  }
  const kept = header.values.filter(({ value }) => value !== null);
  return {
    ...plainContents(recognised, problems.sentences, header.values.map(describeValue)),
    metadata:
      kept.length > 0 ? Object.fromEntries(kept.map(({ key, value }): [string, Json] => [key, value])) : null,
    tensors,
  };
}

function toTensor(source: Source, header: GgufHeader, info: TensorInfo, problems: Problems): Tensor {
  const { name, dtype, shape, start, length } = locate(header, info);
  const label = plainName(name);
  rule(length === null || Number.isSafeInteger(length), `tensor ${label} asks for more than there can be`);
  const isThere = length !== null && start + length <= source.size;
  if (length !== null && !isThere) {
    const missing = formatCount(Math.min(length, start + length - source.size));
    problems.add(
      `tensor ${label}: ${missing} of ${formatCount(length)} bytes are missing at the end of the file`,
    );
  }
  return {
    name,
    dtype,
    shape,
    stride: null,
    offset: null,
    bytes: length ?? 0,
    storage: null,
    part: 'model',
    data: isThere ? { source, start, length, byteOrder: 'little' } : null,
  };
}

function describeValue({ key, value, length }: KeyValue): Entry {
  if (length !== null) return { key, type: 'list', summary: `${formatCount(length)} items` };
  return { key, type: typeof value === 'string' ? 'text' : typeof value, summary: plainName(String(value)) };
}
