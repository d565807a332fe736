import { existsSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
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
    expect((await manager.listTrash()).operations).toMatchObject([
      { automatic: true, reason: 'cleanup_on_start' },
    ]);
    await manager.undo();
    expect(existsSync(join(run, 'temp/old.pt.tmp'))).toBe(true);
  },
);

test('Nothing foreign is touched: a temp folder that is a link is not cleared, and holds up no command', async () => {
  const [run, elsewhere] = [temporaryFolder(), temporaryFolder()];
  put(run, '.hydra/config.yaml', 'storage:\n  cleanup_on_start: true\n  checkpoint_dir: checkpoints\n');
  const theirs = put(elsewhere, 'old.pt.tmp', 'x');
  utimesSync(theirs, 1, 1);
  symlinkSync(elsewhere, join(run, 'temp'));
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  await manager.saveCheckpoint({ source: { chunks: [Buffer.from('x')], size: 1 }, reward: 1 });
  expect(existsSync(theirs)).toBe(true);
});

/** What is left in a run, of which every file was written in 1970, once a command has written to it. */
async function leftAfterNote(config: string, paths: readonly string[]): Promise<string[]> {
  const run = temporaryFolder();
  put(run, '.hydra/config.yaml', `storage:\n  cleanup_on_start: true\n  ${config}\n`);
  put(run, 'best_models/a.pt', writeTorchZip([1]));
  for (const path of paths) put(run, path, path);
  for (const path of ['best_models/a.pt', ...paths]) utimesSync(join(run, path), 1, 1);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  await manager.look();
  await manager.mark(['best_models/a.pt'], 'note', (mark) => ({ ...mark, notes: 'x' }));
  return ['best_models/a.pt', ...paths].filter((path) => existsSync(join(run, path)));
}

test.each(['temp_dir: checkpoints', 'temp_dir: ./checkpoints/', 'temp_dir: .', 'checkpoint_dir: temp'])(
  'a folder that versions are kept in is not cleared, nor the run itself: %s',
  async (config) => {
    const paths = ['checkpoints/b.json', 'checkpoints/c.txt', 'name', 'temp/d.txt'];
    const gone = config.startsWith('temp_dir') ? ['temp/d.txt'] : [];
    expect(await leftAfterNote(config, paths)).toEqual(
      ['best_models/a.pt', ...paths].filter((path) => !gone.includes(path)),
    );
  },
);

test('of the temp folder no model goes, nor what belongs to one', async () => {
  const kept = ['a.pt', 'a.json', 'b.ckpt.gz', 'a.pt.backup', 'model-00001-of-00002.safetensors'];
  const paths = [...kept, 'x.pt.tmp', 'y'].map((name) => `scratch/${name}`);
  expect(await leftAfterNote('temp_dir: scratch', paths)).toEqual([
    'best_models/a.pt',
    ...kept.map((name) => `scratch/${name}`),
  ]);
});

test('a temp folder that is a version itself is not cleared', async () => {
  const paths = ['config.json', 'model.safetensors', 'trainer_state.json', 'merges.txt'];
  const all = paths.map((name) => `checkpoint-10/${name}`);
  expect(await leftAfterNote('temp_dir: checkpoint-10', all)).toEqual(['best_models/a.pt', ...all]);
});
