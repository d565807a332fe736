import { expect, test } from 'vitest';
import { refuseMarkup } from './trusted-types.ts';

test('CSS passes, markup never does', () => {
  expect(refuseMarkup(':root{--a:1}')).toBe(':root{--a:1}');
  for (const html of ['<b>', '<img src=x onerror=alert(1)>', 'a<'])
    expect(() => refuseMarkup(html)).toThrow();
});
