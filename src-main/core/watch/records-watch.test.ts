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
});

test('what comes into a folder of records is told also where the folder was made a while before', async () => {
  const bookkeeping = temporaryFolder();
  const hinted = vi.fn();
  const watch = new RecordsWatch(bookkeeping, { recorded: hinted, verified: vi.fn() });
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

test('what another process verifies is told of a followed run, once, and also where Cairn kept nothing of it', async () => {
  const [run, appData] = [temporaryFolder(), temporaryFolder()];
  const [first, second] = [saveModel(run, 1, { elements: 40 }), saveModel(run, 2, { elements: 40 })];
  const followed = await open(run, appData);
  const stateOf = (id: string) => followed.version(id)?.integrity.state;
  const told = vi.fn();
  followed.follow();
  await soon(() => expect(followed.watch.state).toBe('live'));
  followed.subscribe((event) => event.type === 'versions' && told(event.changed, stateOf(first)));

  const other = await open(run, appData);
  await other.verify([first], () => undefined);
  await soon(() => expect(stateOf(first)).toBe('verified'));
  expect(told.mock.calls).toEqual([[[first], 'verified']]);
  expect(stateOf(second)).toBe('unverified');

  writeFileSync(join(run, second), 'rot');
  await other.look();
  await other.verify([second], () => undefined);
  await soon(() => expect(followed.version(second)?.integrity.checked_at).toBeTruthy());
  expect([stateOf(first), stateOf(second)]).toEqual(['verified', other.version(second)?.integrity.state]);
});

test('what this process verifies is not told again', async () => {
  const [run, appData] = [temporaryFolder(), temporaryFolder()];
  const id = saveModel(run, 1, { elements: 40 });
  const followed = await open(run, appData);
  followed.follow();
  await soon(() => expect(followed.watch.state).toBe('live'));
  const told = vi.fn();
  await followed.verify([id], () => undefined);
  followed.subscribe((event) => event.type === 'versions' && told(event.changed));
  const other = await open(run, appData);
  await other.mark([id], 'pin', (mark) => ({ ...mark, pinned: true }));
  await soon(() => expect(followed.version(id)?.pinned).toBe(true));
  expect(told.mock.calls).toEqual([[[id]]]);
});

test('what another process verified is told also where the run is looked at before the watch tells of it', async () => {
  const [run, appData] = [temporaryFolder(), temporaryFolder()];
  const id = saveModel(run, 1, { elements: 40 });
  const followed = await open(run, appData);
  const told = vi.fn();
  followed.subscribe((event) => event.type === 'versions' && told(event.changed));
  const other = await open(run, appData);
  await other.verify([id], () => undefined);
  await followed.look();
  expect(told.mock.calls).toContainEqual([[id]]);
});
