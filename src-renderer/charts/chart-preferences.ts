import type { Direction } from '../../shared/model/metric.ts';
import { asArray, asObject } from '../table/table-layout.ts';

/** What somebody last drew, by the ids of measures; null for what nobody chose yet. The same for all runs. */
export interface ChartPreferences {
  across: string | null;
  up: string | null;
  colour: string | null;
  /** The axes of the parallel coordinates. */
  axes: readonly string[] | null;
  /** What the timeline goes over, and what it shows. */
  over: string | null;
  strips: readonly string[] | null;
  /** Which end of a metric is better, as somebody said. */
  directions: ReadonlyMap<string, Direction>;
}

export const defaultCharts: ChartPreferences = {
  across: null,
  up: null,
  colour: null,
  axes: null,
  over: null,
  strips: null,
  directions: new Map(),
};

/** Reads what was stored; anything that cannot be understood counts as never chosen. */
export function decodeCharts(stored: unknown): ChartPreferences {
  const { across, up, colour, axes, over, strips, directions } = asObject(stored);
  return {
    across: textOf(across),
    up: textOf(up),
    colour: textOf(colour),
    axes: textsOf(axes),
    over: textOf(over),
    strips: textsOf(strips),
    directions: new Map(asArray(directions).map(asArray).flatMap(directionPair)),
  };
}

export function encodeCharts({ directions, ...plain }: ChartPreferences): object {
  return { ...plain, directions: [...directions] };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function textsOf(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : null;
}

function directionPair([name, direction]: readonly unknown[]): [string, Direction][] {
  const isKnown = direction === 'max' || direction === 'min';
  return typeof name === 'string' && isKnown ? [[name, direction]] : [];
}
