import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import { ModelManager } from './model-manager.ts';

/** What there is nothing for in a run that nobody saved to through Cairn. */
const acts: Record<string, (manager: ModelManager) => Promise<unknown>> = {
  'an undo': (manager) => manager.undo(),
  'an undo of a named operation': (manager) => manager.undo('20260101T000000-0000'),
  'a restore': (manager) => manager.backups.restore('20260101T000000-0000', null),
  'a backup that is to be deleted': (manager) => manager.backups.delete('20260101T000000-0000'),
  'a record that is to be set aside': (manager) => manager.setAside('20260101T000000-0000'),
};

test.each(Object.entries(acts))(
  '%s where there is none is refused, and leaves nothing',
  async (_name, act) => {
    const run = join(temporaryFolder(), 'run');
    mkdirSync(run);
    const manager = new ModelManager(run);
    await expect(act(manager)).rejects.toMatchObject({ code: 'ModelNotFound' });
    manager.close();
    expect(readdirSync(run)).toEqual([]);
  },
);

test('emptying a trash that was never made leaves nothing', async () => {
  const run = join(temporaryFolder(), 'run');
  mkdirSync(run);
  const manager = new ModelManager(run);
  expect(await manager.emptyTrash()).toMatchObject({ operations: [], damaged: [] });
  manager.close();
  expect(readdirSync(run)).toEqual([]);
});
