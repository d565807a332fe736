import { expect, onTestFinished, test, vi } from 'vitest';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { prepare } from '../operations/interrupted-run.fixture.ts';
import { intentFolder } from '../operations/operation.ts';
import { InterruptedWatch } from './interrupted-watch.ts';

const soon = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

/** A run that is followed, and settled meanwhile; `tried` is what came of each time. */
function open(root: string): { manager: ModelManager; tried: string[] } {
  const tried: string[] = [];
  const manager = new ModelManager(root, { appData: temporaryFolder() });
  const watch = new InterruptedWatch(root, async () => {
    try {
      await manager.recover();
      tried.push('done');
    } catch (error) {
      tried.push(String(error));
      throw error;
    }
  });
  onTestFinished(() => watch.close());
  onTestFinished(() => manager.close());
  manager.subscribe(({ type }) => type === 'looked' && watch.cover());
  manager.follow();
  return { manager, tried };
}

test('a record that cannot be settled is tried once', async () => {
  const root = await prepare([]);
  put(root, `${intentFolder}/20240101.json`, 'no JSON');
  const { manager, tried } = open(root);
  await soon(() => expect(tried).toHaveLength(1));
  put(root, 'best_models/after.pt', 'x');
  await soon(() => expect(manager.listed('best_models/after.pt')).toBeDefined());
  put(root, `${intentFolder}/20240102.json`, 'no JSON');
  await soon(() => expect(tried).toHaveLength(2));
});
