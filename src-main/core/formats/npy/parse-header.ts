import { Damage, rule } from '../damage.ts';

export interface ArrayHeader {
  elements: number;
  /** Bytes per element; null for Python objects, which are a pickle. */
  itemSize: number | null;
}

const shapeTuple = /'shape':\s*\(([\dL,\s]*)\)/;
const plainType = /'descr':\s*'([^']*)'/;
const recordType = /'descr':\s*\[(.*)\]\s*,\s*'/s;
const recordField = /\(\s*'[^']*'\s*,\s*'([^']*)'\s*(?:,\s*\(([\dL,\s]*)\)\s*)?\)/g;

/** Reads the Python dict of an npy header by its own small grammar; numpy.lib.format describes it. */
export function parseArrayHeader(text: string): ArrayHeader {
  const shape = shapeTuple.exec(text)?.[1];
  rule(shape !== undefined, 'its header does not say the shape of the array');
  return { elements: product(shape), itemSize: itemSizeOf(text) };
}

function itemSizeOf(text: string): number | null {
  const plain = plainType.exec(text)?.[1];
  return plain === undefined ? recordSize(recordType.exec(text)?.[1] ?? '') : typeSize(plain);
}

/** `[('name', '<f4'), ('other', '<i8', (2, 3))]`; records inside records are not looked into. */
function recordSize(fields: string): number | null {
  let size = 0;
  let rest = fields;
  for (const [field, type = '', shape = ''] of fields.matchAll(recordField)) {
    const itemSize = typeSize(type);
    if (itemSize === null) return null;
    size += itemSize * product(shape);
    rest = rest.replace(field, '');
  }
  if (fields === '' || /[^,\s]/.test(rest)) throw unknownType();
  return size;
}

/** `<f8`, `|b1`, `<U7` (four bytes a character), `<M8[ns]`; `|O` are Python objects. */
function typeSize(type: string): number | null {
  const [, kind = '', count = ''] = /^[<>|=]?([a-zA-Z])(\d*)/.exec(type) ?? [];
  if (kind === 'O') return null;
  if (!'biufcmMSaVU'.includes(kind) || count === '') throw unknownType();
  return Number(count) * (kind === 'U' ? 4 : 1);
}

function product(shape: string): number {
  return (shape.match(/\d+/g) ?? []).reduce((total, side) => total * Number(side), 1);
}

function unknownType(): Damage {
  return new Damage('an array whose element type is not known', 'unknown');
}
