import { expect, test } from 'vitest';
import { type Flag, flagsNear, flagWords, placeFlags } from './flags.ts';
import type { Frame } from './frame.ts';

const none = new Float64Array();
const frame: Frame = {
  area: { left: 100, top: 30, width: 200, height: 100 },
  view: { x: { low: 0, high: 200 }, y: { low: 0, high: 1 } },
  x: none,
  y: none,
  slots: new Uint32Array(),
};
const flag = (at: number, sign: Flag['sign'] = 'square'): Flag => ({
  at,
  sign,
  words: { title: `at ${at}`, facts: [['When', `${at}`]] },
  brief: [`${at}`, sign],
});

test('flags stand where they belong, near ones as one, those out of sight at the ends', () => {
  const groups = placeFlags(frame, [
    flag(150),
    flag(-5),
    flag(10),
    flag(20, 'triangle'),
    flag(999),
    flag(201),
  ]);
  expect(groups.map(({ x, beyond, flags }) => [x, beyond, flags.map(({ at }) => at)])).toEqual([
    [84, 'left', [-5]],
    [115, null, [10, 20]],
    [250, null, [150]],
    [316, 'right', [201, 999]],
  ]);
  expect(placeFlags(frame, [])).toEqual([]);
});

test('however many flags there are, they do not run into one', () => {
  const many = Array.from({ length: 2000 }, (_, index) => flag(index / 10));
  const groups = placeFlags(frame, many);
  expect(groups.length).toBeGreaterThan(5);
  expect(groups.flatMap(({ flags }) => flags)).toHaveLength(2000);
});

test('one flag tells all it has, several when and what, and which way they are', () => {
  const [left, near, single, right] = placeFlags(frame, [
    flag(-5),
    ...Array.from({ length: 9 }, () => flag(10)),
    flag(11, 'triangle'),
    flag(150),
    flag(300),
    flag(300, 'triangle'),
  ]);
  expect(left && flagWords(left).title).toBe('at -5 · before what is shown');
  expect(single && flagWords(single)).toEqual({ title: 'at 150', facts: [['When', '150']] });
  expect(right && flagWords(right)).toEqual({
    title: '2 together · after what is shown',
    facts: [['300', 'square, triangle']],
  });
  expect(near && flagWords(near)).toEqual({
    title: '10 together',
    facts: [
      ['10', Array.from({ length: 8 }, () => 'square').join(', ')],
      ['later', '2 more'],
    ],
  });
});

test('the pointer takes a flag that it is on', () => {
  const groups = placeFlags(frame, [flag(150)]);
  expect(flagsNear(groups, [255, 15])?.flags).toHaveLength(1);
  expect(flagsNear(groups, [255, 60])).toBeNull();
  expect(flagsNear(groups, [280, 19])).toBeNull();
});
