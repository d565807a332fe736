import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../setup/places.mjs';

const [, section = ''] = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').split('## What is promised');
const promises = [...section.matchAll(/^- \*\*(.+?)\.?\*\*/gm)].map(([, sentence = '']) => sentence);
const tests = ['shared', 'src-main']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(root, folder, name),
    ),
  )
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

test('twelve promises are made', () => {
  expect(promises).toHaveLength(12);
});

test.each(promises)('%s: tests bear this name', (promise) => {
  expect(tests).toContain(`'${promise}: `);
});
