import { expect, test } from 'vitest';
import type { ChartColours } from '../plot/chart-colours.ts';
import type { Shape } from '../plot/picture.ts';
import { dotsFor, layOutBars } from './bars-layout.ts';
import { type BarsContent, type BarsPanel, barsPicture } from './bars-picture.ts';

const colours = new Proxy({}, { get: (_, name) => String(name) }) as ChartColours;
const panel = (values: BarsPanel['values'], direction: BarsPanel['direction'] = 'max'): BarsPanel => ({
  label: 'Sharpe ratio',
  metric: 'sharpe',
  passedOver: [],
  values,
  direction,
});

function draw(of: BarsPanel, given: Partial<BarsContent> = {}) {
  const versions = of.values.map((_, place) => `v${place + 1}`);
  const content: BarsContent = { panels: [of], versions, baseline: 0, meaning: 'values', ...given };
  const { over } = barsPicture(content, layOutBars(1, versions, 400), colours);
  return {
    bars: barsIn(over),
    words: over.flatMap((shape) => (shape.type === 'text' ? shape.style.text : [])),
  };
}

const barsIn = (shapes: readonly Shape[]) =>
  shapes.flatMap((shape) =>
    shape.type === 'rect'
      ? [{ ...shape.shape, right: shape.shape.x + shape.shape.width, fill: shape.style.fill }]
      : [],
  );

test('bars begin at zero, are as long as their values, and the best is in colour, whichever end is better', () => {
  const { bars } = draw(panel([1, 2, 4]));
  expect(new Set(bars.map(({ x }) => x)).size).toBe(1);
  for (const [place, share] of [0.25, 0.5, 1].entries())
    expect((bars[place]?.width ?? 0) / (bars[2]?.width ?? 0)).toBeCloseTo(share);
  expect(bars.map(({ fill }) => fill)).toEqual(['point', 'point', 'accent']);
  expect(draw(panel([1, 2, 4], 'min')).bars.map(({ fill }) => fill)).toEqual(['accent', 'point', 'point']);
  expect(draw(panel([1, 2, 4], null)).bars.map(({ fill }) => fill)).toEqual(['point', 'point', 'point']);
});

test('what is below zero goes the other way from the same line', () => {
  const [below, above] = draw(panel([-1, 1])).bars;
  expect(below?.right).toBeCloseTo(above?.x ?? 0);
  expect(below?.width).toBeCloseTo(above?.width ?? 0);
});

test('NaN, an infinity and no value have no bar but a word; equal values have no best', () => {
  const { bars, words } = draw(panel([Number.NaN, Number.POSITIVE_INFINITY, null, 2, 2]));
  expect(bars.map(({ fill }) => fill)).toEqual(['point', 'point']);
  expect(words).toEqual(expect.arrayContaining(['NaN', '∞', '–', '2']));
  expect(draw(panel([0, 0])).bars.every(({ width }) => width === 1)).toBe(true);
  for (const { width } of draw(panel([-Number.MAX_VALUE, Number.MAX_VALUE])).bars)
    expect(width).toBeLessThan(400);
});

test('differences go from the baseline, and say which way is better', () => {
  const { bars, words } = draw(panel([0.5, 0.25, 0.75], 'min'), { meaning: 'differences' });
  expect(bars.map(({ fill }) => fill)).toEqual(['point', 'accent', 'chosen']);
  expect(words).toEqual(expect.arrayContaining(['0', '−0.2500 better', '+0.2500 worse', '↓ better']));
  const none = draw(panel([null, 1, Number.NaN]), { meaning: 'differences' });
  expect([none.bars, none.words.slice(-5)]).toEqual([[], ['–', 'v2', '–', 'v3', 'NaN']]);
});

test('panels stand beside each other as far as there is room, and no bar reaches its value', () => {
  const names = ['v1', 'v2'];
  const wide = layOutBars(7, names, 1200);
  const narrow = layOutBars(7, names, 320);
  expect(wide.place(1).y).toBe(wide.place(0).y);
  expect(narrow.place(1).y).toBeGreaterThan(narrow.place(0).y);
  expect(narrow.height).toBeGreaterThan(wide.height);
  for (const layout of [wide, narrow, layOutBars(1, ['x'.repeat(400)], 1200)]) {
    const { x, panelWidth, barFrom, barTo } = layout.place(0);
    expect(barTo).toBeGreaterThan(barFrom + 20);
    expect(x + panelWidth).toBeLessThanOrEqual(layout.width);
  }
  expect(dotsFor({ height: 400 }, 2)).toBe(2);
  expect(dotsFor({ height: 32_000 }, 2)).toBe(0.5);
});
