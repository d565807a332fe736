import { expect, test } from 'vitest';
import { viewDrift } from './view-drift.ts';

const version = (id: number, norms: Record<string, number | string | null>, nan: string[] = []) => ({
  id,
  tensors: Object.entries(norms).map(([name, norm]) => ({
    ...{ name, norm, hasInfinite: false },
    hasNan: nan.includes(name),
  })),
});
const all = [
  version(7, { w: 5 }),
  version(3, { w: 'Infinity', v: 1 }, ['v']),
  version(9, { v: null }, ['v']),
  version(5, { w: 2, v: null }),
];

test('what is shown of the first versions is the beginning of what is shown of all', () => {
  expect(viewDrift(all.slice(0, 1), 0)).toEqual({
    versions: [7],
    layers: [{ label: 'w', norms: [5] }],
    first_nan: null,
    incomplete: [],
    left_out: { versions: 0, layers: 0 },
  });
  expect(viewDrift(all, 2)).toEqual({
    versions: [7, 3, 9, 5],
    layers: [
      { label: 'v', norms: [null, 'NaN', 'NaN', null] },
      { label: 'w', norms: [5, 'Infinity', null, 2] },
    ],
    first_nan: { version: 3, layers: ['v'] },
    incomplete: [5],
    left_out: { versions: 2, layers: 0 },
  });
});

test('a layer with NaN is shown however many stand before it', () => {
  const names = Array.from({ length: 2500 }, (_, index) => `t${index}`);
  const norms = Object.fromEntries(names.map((name) => [name, 1]));
  const { layers, left_out } = viewDrift([version(1, norms, ['t2400'])], 0);
  expect([layers[0]?.label, layers.length, left_out.layers]).toEqual(['t2400', 2000, 500]);
});
