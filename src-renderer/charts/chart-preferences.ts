import { asObject } from '../table/table-layout.ts';
import type { MeasureRange } from '../versions/measure.ts';

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
  /** The metrics that have bars side by side, and whether those are shown in the place of the table. */
  bars: readonly string[] | null;
  asBars: boolean;
  /** The measures that have a logarithmic axis. */
  logarithmic: readonly string[];
  /** Whether axes are of the versions that are shown, not of all. */
  fit: boolean;
  /** Whether the axes of a scatter also go over the few versions that are far worse than all others; else those are at its edge. */
  far: boolean;
  /** Whether backups and prunes stand above the timeline. */
  milestones: boolean;
}

export const defaultCharts: ChartPreferences = {
  across: null,
  up: null,
  colour: null,
  axes: null,
  over: null,
  strips: null,
  bars: null,
  asBars: false,
  logarithmic: [],
  fit: false,
  far: false,
  milestones: true,
};

/** Reads what was stored; anything that cannot be understood counts as never chosen. */
export function decodeCharts(stored: unknown): ChartPreferences {
  const { across, up, colour, axes, over, strips, bars, asBars, logarithmic, fit, far, milestones } =
    asObject(stored);
  return {
    across: textOf(across),
    up: textOf(up),
    colour: textOf(colour),
    axes: textsOf(axes),
    over: textOf(over),
    strips: textsOf(strips),
    bars: textsOf(bars),
    asBars: asBars === true,
    logarithmic: textsOf(logarithmic) ?? [],
    fit: fit === true,
    far: far === true,
    milestones: milestones !== false,
  };
}

/** The ids of all measures that charts are to show, or that a filter asks for. */
export function measuresUsed(
  { across, up, colour, axes, strips }: ChartPreferences,
  ranges: readonly MeasureRange[],
): string[] {
  const chosen = [across, up, colour].filter((id) => id !== null);
  return [...chosen, ...(axes ?? []), ...(strips ?? []), ...ranges.map(({ measure }) => measure.id)];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function textsOf(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : null;
}
