import { expect, test } from 'vitest';
import { colourRamp } from './colour-ramp.ts';
import type { Frame } from './frame.ts';
import { paintCloud } from './paint-cloud.ts';
import { paintLines } from './paint-lines.ts';
import type { Pixels } from './pixels.ts';

const frame: Frame = {
  area: { left: 10, top: 20, width: 100, height: 50 },
  view: { x: { low: 0, high: 100 }, y: { low: 0, high: 50 } },
  x: Float64Array.of(10, 10, 10, 90, 200, 50),
  y: Float64Array.of(40, 40, 40, 10, 10, 25),
  slots: Uint32Array.of(0, 1, 2, 3, 4, 5),
};

const dot = ({ data, width }: Pixels, x: number, y: number) => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4),
];

test('points are painted where they are, denser where more lie; what is out of view is not', () => {
  const cloud = paintCloud(frame, 1, 1, { plain: [1, 2, 3], by: null });
  expect([cloud.width, cloud.height, cloud.data.length]).toEqual([100, 50, 20_000]);
  expect(dot(cloud, 10, 10)).toEqual([1, 2, 3, 255]);
  const [, , , alone = 0] = dot(cloud, 90, 40);
  expect(alone).toBeGreaterThan(0);
  expect(alone).toBeLessThan(255);
  expect(dot(cloud, 30, 30)).toEqual([0, 0, 0, 0]);
  const painted = cloud.data.filter((value, index) => index % 4 === 3 && value > 0).length;
  expect(painted).toBe(15);
});

test('a point without a value to colour by is plain, others have the colour of their mean', () => {
  const ramp = colourRamp('light');
  const values = Float64Array.of(0, 10, Number.NaN, 10, 0, Number.NaN);
  const cloud = paintCloud(frame, 1, 2, { plain: [1, 2, 3], by: { values, low: 0, high: 10, ramp } });
  expect(dot(cloud, 180, 80).slice(0, 3)).toEqual([...ramp.subarray(3 * 255)]);
  expect(dot(cloud, 20, 20).slice(0, 3)).toEqual([...ramp.subarray(3 * 128, 3 * 129)]);
  expect(dot(cloud, 100, 50).slice(0, 3)).toEqual([1, 2, 3]);
});

const plain = { plain: [9, 9, 9], by: null } as const;
const rails = { top: 0, bottom: 11 };
const lanes = [
  { values: Float64Array.of(0, 0, 10, Number.NaN), extent: { low: 0, high: 10 }, x: 5 },
  { values: Float64Array.of(10, 10, 10, 0), extent: { low: 0, high: 10 }, x: 15 },
];

test('lines go from lane to lane, denser where more go, and break where there is no value', () => {
  const lines = paintLines(lanes, rails, Uint32Array.of(0, 1, 2, 3), 'full', plain);
  expect(lines).toMatchObject({ width: 10, height: 11 });
  if (!lines) return;
  const [twice, once] = [dot(lines, 0, 10), dot(lines, 0, 0)];
  expect(twice[3]).toBe(255);
  expect(once[3]).toBeLessThan(255);
  expect(dot(lines, 9, 10)[3]).toBe(0);
  expect(paintLines(lanes.slice(0, 1), rails, Uint32Array.of(0), 'full', plain)).toBeNull();
});

test('a line is straight however far the lanes are apart, and as thick as a dot', () => {
  const apart = lanes.map((lane, index) => ({ ...lane, x: 5 + index * 200 }));
  const line = paintLines(apart, { top: 0, bottom: 101 }, Uint32Array.of(0), 'full', plain);
  if (!line) throw new Error('nothing is painted');
  for (let column = 0; column < 200; column += 1) {
    const rows = Array.from({ length: 101 }, (_, row) => row).filter(
      (row) => dot(line, column, row)[3] !== 0,
    );
    expect(rows).toHaveLength(1);
    expect(Math.abs((rows[0] ?? 0) - (100 - column / 2))).toBeLessThanOrEqual(1);
  }
});

test('lines have the colour of what they are coloured by, where they meet of their mean; without a value they are plain', () => {
  const ramp = colourRamp('light');
  const by = { values: Float64Array.of(0, 10, 99, Number.NaN), low: 0, high: 10, ramp };
  const paint = (...slots: number[]) => {
    const lines = paintLines(lanes, rails, Uint32Array.from(slots), 'full', { plain: [9, 9, 9], by });
    return lines && dot(lines, 0, slots[0] === 2 ? 0 : 10).slice(0, 3);
  };
  const step = (at: number) => [...ramp.subarray(3 * at, 3 * at + 3)];
  expect([paint(0), paint(1), paint(0, 1), paint(2)]).toEqual([step(0), step(255), step(128), step(255)]);
  const unknown = { ...by, values: Float64Array.of(Number.NaN) };
  const lines = paintLines(lanes, rails, Uint32Array.of(0), 'full', { plain: [9, 9, 9], by: unknown });
  expect(lines && dot(lines, 0, 10).slice(0, 3)).toEqual([9, 9, 9]);
});
