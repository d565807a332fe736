import { bestPlaces } from '../../shared/comparison/compare-numbers.ts';
import type { Direction } from '../../shared/model/metric.ts';
import { exactNumber, missing } from '../format/format-number.ts';
import type { ChartColours } from '../plot/chart-colours.ts';
import type { Picture, Shape } from '../plot/picture.ts';
import type { BarsLayout, PanelPlace } from './bars-layout.ts';
import { comparedCell, shownDifference } from './compared-cell.ts';

/** A metric of all versions, in their order; `metric` is its name in files, `passedOver` the places of those that cannot be the best. */
export interface BarsPanel {
  label: string;
  metric: string;
  passedOver: readonly number[];
  values: readonly (number | null)[];
  direction: Direction | null;
}

/** Whether bars are values, from zero on, or what each differs by from the baseline. */
export type BarsMeaning = 'values' | 'differences';

export interface BarsContent {
  panels: readonly BarsPanel[];
  /** What the versions are called. */
  versions: readonly string[];
  baseline: number;
  meaning: BarsMeaning;
}

/** A bar of a version: how long it is, what is written beside it, and how it stands out. */
interface Bar {
  length: number | null;
  text: string;
  fill: string;
  strong: boolean;
}

/** A panel for each metric, its bars on a scale of its own, the better end told by colour and word. */
export function barsPicture(content: BarsContent, layout: BarsLayout, colours: ChartColours): Picture {
  const panels = content.panels.flatMap((panel, index) => drawPanel(panel, index, content, layout, colours));
  return { frames: [], over: [explain(content, layout, colours), ...panels] };
}

function explain(
  { versions, baseline, meaning }: BarsContent,
  { width, left }: BarsLayout,
  colours: ChartColours,
): Shape {
  const base = versions[baseline] ?? '';
  const text =
    meaning === 'values'
      ? `Bars begin at zero. The best of each metric is in colour; the dashed line is the baseline, ${base}.`
      : `What each differs by from the baseline, ${base}.`;
  return word(text, left, 17, {
    fill: colours.textDim,
    font: `11px ${colours.font}`,
    width: width - 2 * left,
  });
}

function drawPanel(
  panel: BarsPanel,
  index: number,
  content: BarsContent,
  layout: BarsLayout,
  colours: ChartColours,
): Shape[] {
  const at = layout.place(index);
  const bars = barsOf(panel, content, colours);
  const scale = scaleOf(bars, at.barFrom, at.barTo);
  const base = content.meaning === 'values' ? bars[content.baseline]?.length : null;
  const line = (x: number, stroke: string, lineDash: number[]): Shape => ({
    type: 'polyline',
    shape: {
      points: [
        [x, at.y + at.titleHeight],
        [x, at.y + at.titleHeight + at.rowHeight * bars.length],
      ],
    },
    style: { stroke, lineWidth: 1, fill: 'none', lineDash },
  });
  return [
    ...drawTitle(panel, at, colours),
    ...bars.flatMap((bar, place) => {
      const row = { middle: at.y + at.titleHeight + at.rowHeight * (place + 0.5), scale };
      const name = { text: content.versions[place] ?? '', strong: place === content.baseline };
      return drawRow(bar, name, row, at, colours);
    }),
    line(scale(0), colours.textDim, []),
    ...(typeof base === 'number' ? [line(scale(base), colours.text, [3, 3])] : []),
  ];
}

const ends = { max: '↑ better', min: '↓ better' };
const endWidth = 60;

function drawTitle({ label, direction }: BarsPanel, at: PanelPlace, colours: ChartColours): Shape[] {
  const y = at.y + 9;
  const look = { fill: colours.text, font: `600 12px ${colours.font}` };
  if (!direction) return [word(label, at.x, y, { ...look, width: at.panelWidth })];
  const right = at.x + at.panelWidth;
  return [
    word(label, at.x, y, { ...look, width: at.panelWidth - endWidth }),
    word(ends[direction], right, y, { ...wordLook(false, colours), align: 'right' }),
  ];
}

/** The name of a version, its bar, and its value. */
function drawRow(
  bar: Bar,
  name: { text: string; strong: boolean },
  { middle, scale }: { middle: number; scale: (value: number) => number },
  at: PanelPlace,
  colours: ChartColours,
): Shape[] {
  const value = { ...wordLook(bar.strong, colours), align: 'right' as const };
  return [
    word(name.text, at.x, middle, { ...wordLook(name.strong, colours), width: at.barFrom - at.x - 8 }),
    ...(bar.length === null ? [] : [barShape(scale(0), scale(bar.length), middle, bar.fill)]),
    word(bar.text, at.x + at.panelWidth, middle, value),
  ];
}

function wordLook(strong: boolean, { text, textDim, font }: ChartColours): WordLook {
  return { fill: strong ? text : textDim, font: `${strong ? '600 ' : ''}11px ${font}` };
}

function barsOf(panel: BarsPanel, { baseline, meaning }: BarsContent, colours: ChartColours): Bar[] {
  const { values, direction, metric: label } = panel;
  const best = bestPlaces(panel);
  if (meaning === 'values')
    return values.map((value, place) => ({
      length: value !== null && Number.isFinite(value) ? value : null,
      text: comparedCell(value, { kind: 'metric', label, values }).text,
      fill: best.has(place) ? colours.accent : colours.point,
      strong: best.has(place),
    }));
  const fills = {
    better: colours.accent,
    worse: colours.chosen,
    equal: colours.point,
    unknown: colours.point,
  };
  return values.map((value, place) => {
    const difference = shownDifference(values[baseline] ?? null, value, { label, direction });
    if (!difference) return { length: null, text: wordForNone(value), fill: colours.point, strong: false };
    const { by, verdict, text } = difference;
    return { length: by, text, fill: fills[verdict], strong: best.has(place) };
  });
}

/** What stands for a difference that cannot be told. */
function wordForNone(value: number | null): string {
  return value === null || Number.isFinite(value) ? missing : exactNumber(value);
}

/** From a length to a place between these, zero among them. */
function scaleOf(bars: readonly Bar[], from: number, to: number): (value: number) => number {
  const lengths = bars.flatMap(({ length }) => (length === null ? [] : [length]));
  const [low, high] = [Math.min(0, ...lengths), Math.max(0, ...lengths)];
  // Halves, for the whole may be more than a number can be.
  const span = high / 2 - low / 2 || 1;
  return (value) => from + ((value / 2 - low / 2) / span) * (to - from);
}

const barHeight = 10;

function barShape(zero: number, end: number, middle: number, fill: string): Shape {
  const [x, width] = [Math.min(zero, end), Math.max(1, Math.abs(end - zero))];
  return { type: 'rect', shape: { x, y: middle - barHeight / 2, width, height: barHeight }, style: { fill } };
}

interface WordLook {
  fill: string;
  font: string;
  align?: 'left' | 'right';
  width?: number;
}

function word(text: string, x: number, y: number, { width, ...look }: WordLook): Shape {
  const cut = width === undefined ? {} : { width, overflow: 'truncate' as const, ellipsis: '…' };
  return { type: 'text', style: { text, x, y, verticalAlign: 'middle', ...look, ...cut } };
}
