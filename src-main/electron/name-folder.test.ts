import { sep } from 'node:path';
import { expect, test } from 'vitest';
import { nameFolder } from './name-folder.ts';

test.each([
  ['/home/ana/runs/ppo-btc', 'ppo-btc'],
  ['/home/ana/outputs/2026-03-01/10-00-00', '2026-03-01/10-00-00'],
  ['/home/ana/outputs/2026-03-01', '2026-03-01'],
  ['/home/ana/multirun/2026-03-01/10-00-00/0', '2026-03-01/10-00-00/0'],
  ['/data/run/7', 'run/7'],
  ['/7', '7'],
  ['/', '/'],
  ['/data/学習', '学習'],
])('%s is called %s', (folder, name) => {
  expect(nameFolder(folder.replaceAll('/', sep))).toBe(name.replaceAll('/', sep));
});
