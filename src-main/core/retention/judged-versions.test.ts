import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { bestOnly, models } from './retained-run.fixture.ts';

/** A run in which a training rewrites the worst model as soon as a prune has decided that it goes. */
async function rewrittenOnceJudged() {
  const run = temporaryFolder();
  const [worst = ''] = [1, 2, 3].map((version) => saveModel(run, version));
  const path = join(run, worst);
  let isWritten = false;
  // What is planned looks at the run by itself: the disk is asked once files are to move.
  const lookAt: Disk['lookAt'] = async (asked) => {
    if (asked === path && !isWritten) writeFileSync(path, 'better than all');
    isWritten ||= asked === path;
    return realDisk.lookAt(asked);
  };
  const manager = new ModelManager(run, {
    appData: temporaryFolder(),
    config: {},
    disk: { ...realDisk, lookAt },
  });
  onTestFinished(() => manager.close());
  await manager.look();
  return { run, path, manager };
}

test('Nothing foreign is touched: what a training rewrote after a prune had judged it stays, and nothing else goes', async () => {
  const { run, path, manager } = await rewrittenOnceJudged();
  await expect(manager.prune(bestOnly(1))).rejects.toThrow(
    'the run changed since this plan was made — nothing was moved to the trash',
  );
  expect(readFileSync(path, 'utf8')).toBe('better than all');
  expect(models(run)).toHaveLength(3);
  expect((await manager.listTrash()).operations).toEqual([]);
});
