import { naturalKey } from '../versions/natural-key.ts';
import type { LabelledRun } from './label-runs.ts';

const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const bits = new DataView(new ArrayBuffer(8));

const known = new WeakMap<LabelledRun, string>();

/** What the label of a run is sorted by; worked out once for each. */
export function labelKeyOf(run: LabelledRun): string {
  const before = known.get(run);
  if (before !== undefined) return before;
  const key = labelKey(run.label);
  known.set(run, key);
  return key;
}

/** A string whose plain order is that of labels of runs: values that are numbers as numbers, all else as names. */
export function labelKey(label: string): string {
  return label.split(', ').map(partKey).join(', ');
}

function partKey(part: string): string {
  const end = part.indexOf('=');
  const value = part.slice(end + 1);
  if (end < 0 || !number.test(value)) return naturalKey(part);
  return `${naturalKey(part.slice(0, end))}=${numberKey(Number(value))}`;
}

/** The bits of a double, turned so that larger numbers have larger ones; before anything that is no number. */
function numberKey(value: number): string {
  bits.setFloat64(0, value + 0);
  const raw = bits.getBigUint64(0);
  const ordered = value < 0 ? ~raw & 0xffff_ffff_ffff_ffffn : raw | 0x8000_0000_0000_0000n;
  return ` ${ordered.toString(16).padStart(16, '0')}`;
}
