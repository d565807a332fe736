import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

test('the temp folder is the one that temp_dir names', async () => {
  const run = temporaryFolder();
  put(run, '.hydra/config.yaml', 'model_storage:\n  cleanup_on_start: true\n  temp_dir: scratch\n');
  const [named, other] = [put(run, 'scratch/old.pt.tmp', 'x'), put(run, 'temp/old.pt.tmp', 'x')];
  for (const path of [named, other]) utimesSync(path, 1, 1);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  await manager.saveCheckpoint({ source: { chunks: [Buffer.from('x')], size: 1 }, reward: 1 });
  expect([existsSync(named), existsSync(other)]).toEqual([false, true]);
});

test.each([true, false])(
  'with cleanup_on_start %s, what was left in the temp folder a day ago goes, or stays',
  async (on) => {
    const run = temporaryFolder();
    put(run, '.hydra/config.yaml', `storage:\n  cleanup_on_start: ${on}\n  checkpoint_dir: checkpoints\n`);
    const id = 'checkpoints/a.pt';
    put(run, id, 'x');
    const [old, fresh] = [put(run, 'temp/old.pt.tmp', 'x'), put(run, 'temp/fresh.pt.tmp', 'x')];
    utimesSync(old, 1, 1);
    const manager = new ModelManager(run);
    await manager.look();
    await manager.mark([id], 'pin', (mark) => ({ ...mark, pinned: true }));
    expect([existsSync(old), existsSync(fresh)]).toEqual([!on, true]);
    if (!on) return;
    await manager.undo();
    expect(existsSync(join(run, 'temp/old.pt.tmp'))).toBe(true);
  },
);
