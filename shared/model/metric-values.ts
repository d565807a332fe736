import { type JsonObject, toNumber } from './json.ts';
import { NumberList } from './number-list.ts';

/** The numeric metrics of one version: `values[at + i]` is the one called `names[i]`. Versions with the same names share both. */
export interface MetricValues {
  names: readonly string[];
  values: ArrayLike<number>;
  at: number;
}

let lastNames: readonly string[] = [];

/** Those of the metrics that are numbers, NaN and ±Infinity included. */
export function numericMetrics(metrics: JsonObject): MetricValues {
  const names: string[] = [];
  const values: number[] = [];
  for (const name of Object.keys(metrics)) {
    const value = toNumber(metrics[name]);
    if (value === null) continue;
    names.push(name);
    values.push(value);
  }
  if (!sameNames(names, lastNames)) lastNames = names;
  return { names: lastNames, values, at: 0 };
}

/** The value of a metric by its own name; null when there is none. */
export function valueNamed({ names, values, at }: MetricValues, name: string): number | null {
  const index = names.indexOf(name);
  return index < 0 ? null : (values[at + index] ?? null);
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((name, index) => name === b[index]));
}

/** The metrics of many versions on their way to another thread or process. */
export interface PackedMetrics {
  /** Each set of names once. */
  shapes: (readonly string[])[];
  /** The values of one version after those of the other. */
  values: Float64Array<ArrayBuffer>;
}

/** Puts the metrics of many versions together. */
export class MetricPacker {
  readonly #shapes = new Map<readonly string[], number>();
  readonly #values = new NumberList();

  /** How many values were added so far. */
  get length(): number {
    return this.#values.length;
  }

  /** @returns which of the shapes a version's metrics have */
  add({ names, values, at }: MetricValues): number {
    const start = this.#values.extend(names.length);
    for (let index = 0; index < names.length; index += 1)
      this.#values.values[start + index] = values[at + index] ?? Number.NaN;
    const shape = this.#shapes.get(names) ?? this.#shapes.size;
    this.#shapes.set(names, shape);
    return shape;
  }

  /** Those that were added since the last time. */
  take(): PackedMetrics {
    const packed = { shapes: [...this.#shapes.keys()], values: this.#values.take() };
    this.#shapes.clear();
    return packed;
  }
}

/** Takes the metrics of many versions apart again, in the order they were added. */
export class MetricUnpacker {
  readonly #packed: PackedMetrics;
  #at = 0;

  constructor(packed: PackedMetrics) {
    this.#packed = packed;
  }

  next(shape: number): MetricValues {
    const names = this.#packed.shapes[shape] ?? [];
    const metrics = { names, values: this.#packed.values, at: this.#at };
    this.#at += names.length;
    return metrics;
  }
}
