import { toNumber } from '../../shared/model/json.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCount, formatFigures, formatNumber, missing, withMinus } from '../format/format-number.ts';

type Wire = number | string;

/** Statistics of a tensor as they come over the wire: what JSON lacks is a string. */
export interface Measures {
  count: number;
  nan: number;
  posinf: number;
  neginf: number;
  zeros: number;
  min: Wire | null;
  max: Wire | null;
  mean: Wire | null;
  std: Wire | null;
  l2: Wire | null;
  l1: Wire | null;
  max_abs: Wire | null;
  subnormals: number;
  near_overflow: number | null;
  dead_rows: number | null;
}

/** Of tensors that were asked for, in that order; `damaged` are sentences on bytes that are not those on record. */
export interface MeasuredTensors {
  statistics: (Measures | null)[];
  damaged: string[];
}

/** A measured number in four figures or some more, however small; a whole number past 2^53 with every digit. */
export function formatMeasure(value: Wire | null | undefined): string {
  if (value === null || value === undefined) return missing;
  const number = toNumber(value);
  return number === null ? withMinus(String(value)) : formatFigures(number);
}

/** As {@link formatMeasure}; what is nearly 1, as of weights between two saves, is not written as if it were 1. */
export function formatCosine(value: Wire | null | undefined): string {
  const number = toNumber(value ?? null);
  const isNear = number !== null && Math.abs(number) < 1 && Math.abs(number) > 0.9999;
  const near = isNear ? Number(number.toFixed(8)) : 1;
  return Math.abs(near) === 1 ? formatMeasure(value) : withMinus(String(near));
}

/** How many elements are about to overflow, and what share of all that is. */
export function formatNearOverflow(near: number, count: number): string {
  return near === 0 ? '0' : `${formatCount(near)} (${formatNumber((100 * near) / count, true)}%)`;
}

/** What makes a tensor suspicious at a glance: elements that are no finite numbers. */
export function brokenElements({ nan, posinf, neginf }: Pick<Measures, 'nan' | 'posinf' | 'neginf'>): number {
  return nan + posinf + neginf;
}

/** A size for a narrow column: `96 B`. */
export function shortBytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : formatBytes(bytes);
}

/** An element type in few letters: `float32` as f32, `uint8` as u8. Others stay as they are. */
export function shortType(dtype: string): string {
  return dtype
    .replace(/^(b?)float(?=\d)/, '$1f')
    .replace(/^(u?)int(?=\d)/, (_, u) => `${u || 'i'}`)
    .replace(/^complex(?=\d)/, 'c');
}

/** `24 × 17`; a tensor without dimensions is one number. */
export function formatShape(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.join(' × ');
}
