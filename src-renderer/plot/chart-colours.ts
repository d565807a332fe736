import { useSyncExternalStore } from 'react';
import { colourRamp, type Ramp } from './colour-ramp.ts';

/** What charts are drawn in: the colours of the window, as they are in the scheme of the system. */
export interface ChartColours {
  text: string;
  textDim: string;
  line: string;
  lineFaint: string;
  surface: string;
  point: string;
  pointBytes: readonly [red: number, green: number, blue: number];
  dimBytes: readonly [red: number, green: number, blue: number];
  accent: string;
  accentBytes: readonly [red: number, green: number, blue: number];
  chosen: string;
  chosenBytes: readonly [red: number, green: number, blue: number];
  font: string;
  ramp: Ramp;
  scheme: 'light' | 'dark';
}

const dark = matchMedia('(prefers-color-scheme: dark)');
let current: ChartColours | null = null;

function subscribe(listener: () => void): () => void {
  const change = () => {
    current = null;
    listener();
  };
  dark.addEventListener('change', change);
  return () => dark.removeEventListener('change', change);
}

export function useChartColours(): ChartColours {
  return useSyncExternalStore(subscribe, chartColours);
}

function chartColours(): ChartColours {
  current ??= readColours();
  return current;
}

function readColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const point = token('chart-point');
  const scheme = dark.matches ? 'dark' : 'light';
  return {
    text: token('text'),
    textDim: token('text-dim'),
    line: token('line'),
    lineFaint: token('line-faint'),
    surface: token('surface'),
    point,
    pointBytes: bytesOf(point),
    dimBytes: bytesOf(token('text-dim')),
    accent: token('accent'),
    accentBytes: bytesOf(token('accent')),
    chosen: token('chart-chosen'),
    chosenBytes: bytesOf(token('chart-chosen')),
    // ECharts writes it into attributes of an SVG as it is.
    font: getComputedStyle(document.body).fontFamily.replaceAll('"', "'"),
    ramp: colourRamp(scheme),
    scheme,
  };
}

/** The bytes of a colour written as `#rrggbb`. */
function bytesOf(hex: string): [number, number, number] {
  const number = Number.parseInt(hex.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}
