import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUpBefore, own, runOf } from './backed-up-run.fixture.ts';
import { countBackups } from './count-backups.ts';

test('of all manifests together no more is read than the budget allows: the newest are counted', async () => {
  const { run, ids, manager } = await runOf(2);
  const [old = '', recent = ''] = ids;
  await backUpBefore(2, manager, old);
  await backUpBefore(1, manager, recent);
  const folder = join(run, '.cairn');
  const [first = '', second = ''] = own(run, 'manifests').sort();
  const sizeOf = (name: string) => statSync(join(folder, 'backups/manifests', name)).size;
  const both = sizeOf(first) + sizeOf(second);
  expect([...countBackups(folder, both)].sort()).toEqual([
    [old, 1],
    [recent, 1],
  ]);
  expect([...countBackups(folder, both - 1)]).toEqual([[recent, 1]]);
});
