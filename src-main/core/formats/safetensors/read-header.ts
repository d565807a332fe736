import { readCount } from '../byte-reader.ts';
import { checkLength, rule } from '../damage.ts';
import { formatCount, plainName } from '../plain-text.ts';
import { longestRead, type Source } from '../source.ts';
import { dtypeBits } from './dtypes.ts';
import { longestHeader } from './recognise.ts';
import { scanHeader } from './scan-header.ts';
import { weighJson } from './weigh-json.ts';

export interface Header {
  /** Where the tensors' bytes begin in the file, and what their offsets count from. */
  dataStart: number;
  /** Each as the header has it, by name, in its order. */
  entries: readonly [string, unknown][];
  /** What the writer noted under `__metadata__`. */
  notes: ReadonlyMap<string, string>;
  /** Whether there are more notes than those. */
  hasMoreNotes: boolean;
}

/** A tensor as the header describes it; `begin` and `end` in bytes from the start of the data. */
export interface TensorRange {
  name: string;
  dtype: string;
  shape: number[];
  begin: number;
  end: number;
}

/** The length of the header, the header, and no more. @throws Damage when it is not the header of a safetensors file */
export async function readHeader(source: Source): Promise<Header> {
  rule(source.size >= 8, () => `${formatCount(source.size)} bytes: its header is cut off`);
  const dataStart = 8 + readCount(await source.read(0, 8), 0);
  rule(
    dataStart <= source.size,
    () => `${formatCount(source.size)} bytes: its header alone has ${formatCount(dataStart)}`,
  );
  rule(dataStart <= 8 + longestHeader, 'its header is longer than any that is written');
  const header = parseObject(await readLong(source, 8, dataStart), 'its header');
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return { dataStart, entries, ...readNotes(header) };
}

/** More than one read may take. */
export async function readLong(source: Source, start: number, end: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let at = start; at < end; at += longestRead) {
    parts.push(await source.read(at, Math.min(longestRead, end - at)));
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

/** A JSON object in which no key stands twice. @throws Damage, LimitReached where it has more parts than are looked at */
export function parseObject(bytes: Buffer, what: string): Record<string, unknown> {
  weighJson(bytes, what);
  const text = decodeText(bytes);
  const object = text === null ? null : parseJson(text);
  rule(isRecord(object), `${what} is not readable as JSON`);
  scanHeader(text ?? '');
  return object;
}

function decodeText(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const mostNotes = 10_000;

function readNotes(header: Record<string, unknown>): Pick<Header, 'notes' | 'hasMoreNotes'> {
  const found = Object.hasOwn(header, '__metadata__') ? header['__metadata__'] : {};
  rule(isRecord(found), 'its notes (__metadata__) are no names and texts');
  const notes = Object.entries(found).map(([key, value]): [string, string] => {
    rule(typeof value === 'string', () => `its note ${plainName(key)} is no text`);
    return [key, value];
  });
  return { notes: new Map(notes.slice(0, mostNotes)), hasMoreNotes: notes.length > mostNotes };
}

/** @throws Damage unless the entry says where its tensor is, and that is as long as its shape and type ask for */
export function readEntry(name: string, entry: unknown): TensorRange {
  const broken = () => `its header does not say where tensor ${plainName(name)} is`;
  rule(isRecord(entry), broken);
  const { data_offsets: offsets, shape, dtype } = entry;
  rule(isCounts(offsets) && offsets.length === 2 && isCounts(shape) && typeof dtype === 'string', broken);
  const [begin = 0, end = 0] = offsets;
  const bits = dtypeBits(dtype);
  const length =
    bits === null ? end - begin : (bits * shape.reduce((product, side) => product * side, 1)) / 8;
  rule(end - begin === length, () => `tensor ${plainName(name)} is not as long as its shape and type say`);
  return { name, dtype, shape, begin, end };
}

/** @throws Damage unless the tensors lie one after another without hole or overlap, up to the end of the file */
export function checkTiling(source: Source, dataStart: number, ranges: readonly TensorRange[]): void {
  let end = 0;
  for (const range of ranges.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    rule(
      range.begin === end,
      () => `tensor ${plainName(range.name)} does not begin where the one before it ends`,
    );
    end = range.end;
  }
  checkLength(source.size, dataStart + end);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}
