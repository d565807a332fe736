import { expect, test } from 'vitest';
import { axisRoom } from './axis-room.ts';

const look = { name: 'Loss', whole: 'Loss', scale: 'number', labelled: true } as const;

test('an axis has room for its longest value beside its name, and the usual room where that is short', () => {
  const room = (format: (value: number) => string) =>
    axisRoom({ ...look, format }, { low: 0, high: 1 }, 200, 'sans-serif');
  expect(room(() => '0.5')).toBe(66);
  const [long, longer] = [room(() => '−0.000123'), room(() => '−0.0001234')];
  expect(long).toBeGreaterThan(66);
  expect(longer).toBeGreaterThan(long);
});

test('words take no more than they are cut to', () => {
  const format = () => 'layer_norm_with_dropout';
  const extent = { low: 0, high: 3 };
  expect(axisRoom({ ...look, scale: 'text', format }, extent, 200, 'sans-serif')).toBe(80);
});
