import { expect, test } from 'vitest';
import { kindColours } from './kind-colours.ts';

test('each kind has a colour of its own, and keeps it while others come', () => {
  for (const scheme of ['light', 'dark'] as const) {
    const colours = kindColours(20, scheme).map(({ css }) => css);
    expect(new Set(colours).size).toBe(20);
    expect(kindColours(3, scheme).map(({ css }) => css)).toEqual(colours.slice(0, 3));
    expect(colours[0]).toMatch(/^rgb\(\d+,\d+,\d+\)$/);
  }
});
