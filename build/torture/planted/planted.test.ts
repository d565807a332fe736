import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../setup/places.mjs';
import { MUTANTS } from './all.mjs';

test.each(MUTANTS)('the code still has the place of this bug: $what', ({ file, find, replace }) => {
  expect(readFileSync(join(root, file), 'utf8')).toContain(find);
  expect(replace).not.toBe(find);
});
