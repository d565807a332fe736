import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { RecordsWatch } from './records-watch.ts';

async function open(run: string, appData: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

const soon = (check: () => void) => vi.waitFor(check, 2000);

test('what another process puts on record of a followed run is told: pins, backups, the chosen metric, damage', async () => {
  const [run, appData] = [temporaryFolder(), temporaryFolder()];
  const id = saveModel(run, 1, { elements: 40 });
  const followed = await open(run, appData);
  const told = vi.fn();
  followed.subscribe((event) => told(event.type === 'versions' ? event.changed : event.type));
  followed.follow();
  await soon(() => expect(followed.watch.state).toBe('live'));

  const other = await open(run, appData);
  for (const pinned of [true, false]) {
    told.mockClear();
    await other.mark([id], 'pin', (mark) => ({ ...mark, pinned }));
    await soon(() => expect(followed.version(id)?.pinned).toBe(pinned));
    expect(told).toHaveBeenCalledWith([id]);
  }
  await other.backups.create(new Set([id]));
  await soon(() => expect(followed.version(id)?.backups).toBe(1));
  await other.choose((choices) => ({ ...choices, metric: 'win_rate' }));
  await soon(() => expect(followed.metric.name).toBe('win_rate'));
  expect(told).toHaveBeenCalledWith('chosen');

  await other.mark([id], 'pin', (mark) => ({ ...mark, pinned: true }));
  await soon(() => expect(followed.version(id)?.pinned).toBe(true));
  writeFileSync(join(run, '.cairn/marks.json'), 'no JSON');
  await soon(() => expect(followed.version(id)?.pinned).toBe(false));
  expect(followed.markProblems).toHaveLength(1);
}, 20_000);

test('what comes into a folder of records is told also where the folder was made a while before', async () => {
  const bookkeeping = temporaryFolder();
  const hinted = vi.fn();
  const watch = new RecordsWatch(bookkeeping, hinted);
  onTestFinished(() => watch.close());
  for (const folder of ['backups', 'backups/manifests']) {
    hinted.mockClear();
    mkdirSync(join(bookkeeping, folder));
    await soon(() => expect(hinted).toHaveBeenCalled());
  }
  hinted.mockClear();
  writeFileSync(join(bookkeeping, 'backups/manifests/a.json'), '{}');
  await soon(() => expect(hinted).toHaveBeenCalled());
});
