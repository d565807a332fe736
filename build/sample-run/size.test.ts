import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const run = join(import.meta.dirname, 'run');

test('the sample run that ships with the app is smaller than 1.5 MB', () => {
  const files = readdirSync(run, { recursive: true, encoding: 'utf8' }).map((name) =>
    statSync(join(run, name)),
  );
  const bytes = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThan(1_500_000);
});
