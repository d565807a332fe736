import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

async function open(run: string, appData: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

test('what somebody else noted since the run was looked at is kept', async () => {
  const [run, appData] = [temporaryFolder(), temporaryFolder()];
  const id = saveModel(run, 1);
  const [one, other] = [await open(run, appData), await open(run, appData)];
  await one.mark(id, 'pin', (mark) => ({ ...mark, pinned: true }));
  await other.mark(id, 'note', (mark) => ({ ...mark, notes: 'looked at' }));
  await one.mark(id, 'tag', (mark) => ({ ...mark, tags: [...(mark.tags ?? []), 'a'] }));
  const mark = await other.mark(id, 'tag', (now) => ({ ...now, tags: [...(now.tags ?? []), 'b'] }));
  expect(mark).toEqual({ id, pinned: true, notes: 'looked at', tags: ['a', 'b'] });
});

test('a row has the pin, the notes and the tags that were put on record', async () => {
  const [run, appData] = [temporaryFolder(), temporaryFolder()];
  const [id, other] = [saveModel(run, 1, { sidecar: { notes: 'from training' } }), saveModel(run, 2)];
  const manager = await open(run, appData);
  expect(manager.row(id)).toMatchObject({ pinned: false, notes: 'from training', tags: [] });
  await manager.mark(id, 'pin', (mark) => ({ ...mark, pinned: true, notes: 'mine', tags: ['a'] }));
  expect(manager.row(id)).toMatchObject({ pinned: true, notes: 'mine', tags: ['a'] });
  expect(manager.row(other)).toMatchObject({ pinned: false, notes: null });
});
