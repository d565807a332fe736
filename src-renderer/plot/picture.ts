import type { EChartsCoreOption } from 'echarts/core';
import { axisFontSize, nameAt, ticksIn } from './axis-room.ts';
import type { ChartColours } from './chart-colours.ts';
import type { Area, View } from './frame.ts';
import { logTicks } from './log-ticks.ts';
import type { NamedArea } from './useNameUnder.ts';

interface Style {
  fill?: string;
  stroke?: string;
  lineWidth?: number;
  opacity?: number;
  lineDash?: number[];
}

/** Something drawn, in CSS pixels from the corner of the chart. */
export type Shape =
  | { type: 'circle'; shape: { cx: number; cy: number; r: number }; style: Style }
  | { type: 'polyline'; shape: { points: number[][] }; style: Style }
  | { type: 'polygon'; shape: { points: number[][] }; style: Style }
  | { type: 'rect'; shape: { x: number; y: number; width: number; height: number; r?: number }; style: Style }
  | { type: 'image'; style: { image: HTMLCanvasElement; opacity?: number } & Box }
  | { type: 'text'; style: TextStyle };

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface TextStyle {
  text: string;
  x: number;
  y: number;
  fill: string;
  font: string;
  align?: 'left' | 'center' | 'right';
  verticalAlign?: 'top' | 'middle' | 'bottom';
  stroke?: string;
  lineWidth?: number;
  width?: number;
  overflow?: 'truncate';
  ellipsis?: string;
}

/** An axis in words: its name, and how its values are written; null writes none. */
export interface AxisLook {
  name: string;
  /** The name in full, with all that may be cut off beside the axis. */
  whole: string;
  /** Where it is `log` its values are decimal logarithms of what is written. */
  scale: 'number' | 'log' | 'time' | 'text';
  format: (value: number) => string;
  /** Whether values and name are written, or only lines drawn. */
  labelled: boolean;
}

/** Two axes with what is drawn between them, and nowhere else. */
export interface PictureFrame {
  area: Area;
  view: View;
  x: AxisLook;
  y: AxisLook;
  shapes: readonly Shape[];
}

/** Where the names of the axes of a frame are written. */
export function axisNames({ area, x, y }: Pick<PictureFrame, 'area' | 'x' | 'y'>): NamedArea[] {
  const { left, top, width, height } = area;
  const beside = { area: { left: 0, top, width: left, height }, name: y.whole };
  const below = { area: { left, top: top + height, width, height: belowAxis }, name: x.whole };
  return x.labelled ? [beside, below] : [beside];
}

/** In pixels: values, and the name below them. */
const belowAxis = 46;

/** A chart, ready to be drawn on a canvas or as SVG (`picture-chart.ts`). */
export interface Picture {
  frames: readonly PictureFrame[];
  /** Drawn over everything and cut off nowhere. */
  over: readonly Shape[];
}

/** The axes of a picture as ECharts takes them. Nothing moves, and nothing in it takes the pointer. */
export function axesOption(frames: readonly PictureFrame[], colours: ChartColours): EChartsCoreOption {
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: colours.font },
    grid: frames.map(({ area }) => ({ ...area, outerBoundsMode: 'none' })),
    xAxis: frames.map((frame, index) => axisOption(frame, 'x', index, colours)),
    yAxis: frames.map((frame, index) => axisOption(frame, 'y', index, colours)),
  };
}

/** Whether both look the same but for what is drawn between their axes. */
export function areSameAxes(one: readonly PictureFrame[], other: readonly PictureFrame[]): boolean {
  return one.length === other.length && one.every((frame, index) => isSameFrame(frame, other[index]));
}

function isSameFrame({ area, view, x, y }: PictureFrame, other: PictureFrame | undefined): boolean {
  return (
    other !== undefined &&
    isSameRecord({ ...area }, { ...other.area }) &&
    isSameRecord({ ...view.x }, { ...other.view.x }) &&
    isSameRecord({ ...view.y }, { ...other.view.y }) &&
    isSameRecord({ ...x }, { ...other.x }) &&
    isSameRecord({ ...y }, { ...other.y }) &&
    // Words at an axis may be others by now.
    x.scale !== 'text' &&
    y.scale !== 'text'
  );
}

function isSameRecord(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  return Object.entries(one).every(([key, value]) => other[key] === value);
}

/** What a word on an axis may take, in pixels. */
const wordRoom = { x: 88, y: 46 };

function axisOption(
  { area, view, x, y }: PictureFrame,
  which: 'x' | 'y',
  gridIndex: number,
  colours: ChartColours,
) {
  const { low, high } = view[which];
  const look = which === 'x' ? x : y;
  const wanted = ticksIn(which, which === 'x' ? area.width : area.height);
  const customValues = look.scale === 'log' ? logTicks(view[which], wanted) : undefined;
  return {
    gridIndex,
    type: look.scale === 'time' ? 'time' : 'value',
    min: low,
    max: high,
    name: look.labelled ? look.name : '',
    nameLocation: 'middle',
    nameGap: which === 'x' ? 28 : area.left - nameAt,
    nameTruncate: { maxWidth: which === 'x' ? area.width : area.height, ellipsis: '…' },
    nameTextStyle: { color: colours.text, fontSize: 12 },
    ...(look.scale === 'text' ? { minInterval: 1 } : {}),
    splitNumber: wanted,
    axisLine: { show: which === 'x', onZero: false, lineStyle: { color: colours.line } },
    axisTick: { show: false, customValues },
    // The ends of what is shown are no round numbers.
    splitLine: {
      show: true,
      showMinLine: customValues !== undefined,
      showMaxLine: customValues !== undefined,
      lineStyle: { color: colours.lineFaint },
    },
    axisLabel: {
      show: look.labelled,
      color: colours.textDim,
      fontSize: axisFontSize,
      hideOverlap: true,
      customValues,
      showMinLabel: customValues !== undefined,
      showMaxLabel: customValues !== undefined,
      ...labelLook(look, wordRoom[which]),
    },
  };
}

/** Times are written as ECharts does, by what there is room for. */
function labelLook({ scale, format }: AxisLook, width: number) {
  if (scale === 'time') return {};
  return { formatter: format, ...(scale === 'text' && { width, overflow: 'truncate', ellipsis: '…' }) };
}
