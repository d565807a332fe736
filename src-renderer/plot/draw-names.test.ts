import { expect, test } from 'vitest';
import { drawNames } from './draw-names.ts';
import type { Frame } from './frame.ts';
import type { Shape } from './picture.ts';

const colours = {
  text: '#111111',
  textDim: '#555555',
  surface: '#ffffff',
  font: 'sans',
} as Parameters<typeof drawNames>[2];

/** One pixel to a value, from the upper left corner down. */
function frameOf(points: readonly (readonly [x: number, y: number])[]): Frame {
  return {
    area: { left: 0, top: 0, width: 400, height: 300 },
    view: { x: { low: 0, high: 400 }, y: { low: 0, high: 300 } },
    x: Float64Array.from(points, ([x]) => x),
    y: Float64Array.from(points, ([, y]) => 300 - y),
    slots: Uint32Array.from(points, (_, slot) => slot),
  };
}

const latest = { chosen: new Uint32Array(), named: [{ slot: 0, label: 'latest v17' }] };

const draw = (points: readonly (readonly [x: number, y: number])[]) =>
  drawNames(frameOf(points), latest, colours);

/** The rectangle that the word takes. */
function wordOf(shapes: readonly Shape[]) {
  const word = shapes.find((shape) => shape.type === 'text');
  if (word?.type !== 'text') throw new Error('nothing is written');
  const half = (word.style.text.length * 6.6) / 2;
  return {
    left: word.style.x - half,
    right: word.style.x + half,
    top: word.style.y - 7.5,
    bottom: word.style.y + 7.5,
  };
}

const lines = (shapes: readonly Shape[]) => shapes.filter(({ type }) => type === 'polyline');

test('a name stands at its point, where no other is near', () => {
  const shapes = draw([[200, 150]]);
  const { left, bottom } = wordOf(shapes);
  expect(left).toBeCloseTo(208);
  expect(bottom).toBeCloseTo(150);
  expect(lines(shapes)).toEqual([]);
});

test('a name lies on no other point, nor beside one that it could be taken for', () => {
  const near: [number, number][] = [
    [280, 143],
    [212, 138],
    [130, 143],
    [250, 160],
  ];
  const { left, right, top, bottom } = wordOf(draw([[200, 150], ...near]));
  for (const [x, y] of near) {
    const isApart = x < left - 6 || x > right + 6 || y < top - 6 || y > bottom + 6;
    expect(isApart).toBe(true);
  }
});

test('a name that stands away from its point is joined to it by a line', () => {
  const ring = Array.from({ length: 24 }, (_, index): [number, number] => [
    200 + 34 * Math.cos((index * Math.PI) / 12),
    150 + 24 * Math.sin((index * Math.PI) / 12),
  ]);
  const shapes = draw([[200, 150], ...ring]);
  const [line] = lines(shapes);
  if (line?.type !== 'polyline') throw new Error('no line is drawn');
  const [from = [], to = []] = line.shape.points;
  expect(Math.hypot((from[0] ?? 0) - 200, (from[1] ?? 0) - 150)).toBeLessThan(8);
  const { left, right, top, bottom } = wordOf(shapes);
  expect(to[0]).toBeGreaterThanOrEqual(left - 1);
  expect(to[0]).toBeLessThanOrEqual(right + 1);
  expect(to[1]).toBeGreaterThanOrEqual(top - 1);
  expect(to[1]).toBeLessThanOrEqual(bottom + 1);
});

test('a point that is out of sight has no name, and two names of one point share a line', () => {
  expect(draw([[500, 150]])).toEqual([]);
  const named = [
    { slot: 0, label: 'best v17' },
    { slot: 0, label: 'latest v17' },
  ];
  const words = drawNames(frameOf([[200, 150]]), { ...latest, named }, colours);
  expect(words.map((shape) => shape.type === 'text' && shape.style.text)).toEqual(['best v17, latest v17']);
});
