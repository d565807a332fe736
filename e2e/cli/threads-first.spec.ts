import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { builtApp } from '../driver/places.ts';

test('threads are started by little code, before the program is loaded', () => {
  const read = (name = '') => readFileSync(join(builtApp, 'cli', name), 'utf8');
  const entry = read('cairn.js');
  const first = [...entry.matchAll(/^import .* from "\.\/(.+)";$/gm)].map(([, name]) => read(name));
  expect(first.map((code) => code.includes('new Worker'))).toEqual([true]);
  expect([entry, ...first].join('').length).toBeLessThan(10_000);
});
