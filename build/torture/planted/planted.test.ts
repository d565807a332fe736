import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../setup/places.mjs';
import { DECISIONS } from './decisions.mjs';
import { DURABILITY } from './durability.mjs';
import { FROM_PYTHON } from './from-python.mjs';
import { MEANWHILE } from './meanwhile.mjs';
import { MEASURING } from './measuring.mjs';
import { RETENTION } from './retention.mjs';
import { TRAINING } from './training.mjs';

test.each([
  ...DURABILITY,
  ...RETENTION,
  ...DECISIONS,
  ...MEANWHILE,
  ...MEASURING,
  ...TRAINING,
  ...FROM_PYTHON,
])('the code still has the place of this bug: $what', ({ file, find, replace }) => {
  expect(readFileSync(join(root, file), 'utf8')).toContain(find);
  expect(replace).not.toBe(find);
});
