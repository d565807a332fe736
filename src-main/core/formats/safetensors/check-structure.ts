import { readCount } from '../byte-reader.ts';
import { checkLength, rule } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { longestRead, type Source } from '../source.ts';
import { bitsPerElement } from './bits-per-element.ts';

interface TensorRange {
  name: string;
  begin: number;
  end: number;
}

/**
 * Whole: the header is JSON, its tensors lie one after another without hole or overlap, each as long as its shape and
 * type say, and the last one ends where the file ends. The rules of the reference implementation.
 */
export async function checkSafetensors(source: Source, recognised: FormatName): Promise<Structure> {
  const dataStart = 8 + readCount(await source.read(0, 8), 0);
  rule(
    dataStart <= source.size,
    () => `${formatCount(source.size)} bytes: its header alone has ${formatCount(dataStart)}`,
  );
  const header = parseHeader(await readLong(source, 8, dataStart));
  const ranges = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => tensorRange(name, entry));
  checkLength(source.size, dataStart + dataLength(ranges));
  return whole(recognised);
}

async function readLong(source: Source, start: number, end: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let at = start; at < end; at += longestRead) {
    parts.push(await source.read(at, Math.min(longestRead, end - at)));
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

function parseHeader(bytes: Buffer): Record<string, unknown> {
  const header = parseJson(bytes);
  rule(isRecord(header), 'its header is not readable as JSON');
  return header;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function tensorRange(name: string, entry: unknown): TensorRange {
  const broken = () => `its header does not say where tensor ${plainName(name)} is`;
  rule(isRecord(entry), broken);
  const { data_offsets: offsets, shape, dtype } = entry;
  rule(isCounts(offsets) && offsets.length === 2 && isCounts(shape), broken);
  const [begin = 0, end = 0] = offsets;
  const bits = bitsPerElement.get(String(dtype));
  const length =
    bits === undefined ? end - begin : (bits * shape.reduce((product, side) => product * side, 1)) / 8;
  rule(end - begin === length, () => `tensor ${plainName(name)} is not as long as its shape and type say`);
  return { name, begin, end };
}

/** How many bytes the tensors take together. */
function dataLength(ranges: TensorRange[]): number {
  ranges.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let end = 0;
  for (const range of ranges) {
    rule(
      range.begin === end,
      () => `tensor ${plainName(range.name)} does not begin where the one before it ends`,
    );
    end = range.end;
  }
  return end;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}
