import { expect, onTestFinished, test } from 'vitest';
import { RunIsLockedError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { type ManagerOptions, ModelManager } from '../model-manager.ts';
import type { SaveRequest } from './save-request.ts';

function open(options: ManagerOptions = {}): ModelManager {
  const config = { max_best_models: 0 };
  const manager = new ModelManager(temporaryFolder(), { appData: temporaryFolder(), config, ...options });
  onTestFinished(() => manager.close());
  return manager;
}

const of = (count: number): SaveRequest => {
  const bytes = writeTorchZip([count]);
  return { source: { chunks: [bytes], size: bytes.length }, reward: count };
};

function promised() {
  let keep = () => {};
  const kept = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return { kept, keep };
}

const counts = [1, 2, 3, 4, 5, 6, 7, 8];

test('saves that nobody waits for between them are done in the order in which they were asked for', async () => {
  const manager = open();
  const saved = await Promise.all(counts.map((count) => manager.saveBestModel(of(count))));
  expect(saved.map(({ version }) => version)).toEqual(counts);
  expect((await manager.latest()).id).toBe(saved.at(-1)?.id);
});

test('of checkpoints of one name the last that was asked for stands at the end', async () => {
  const manager = open();
  await Promise.all(counts.map((count) => manager.saveCheckpoint(of(count))));
  await manager.look();
  expect(manager.versions().map(({ reward }) => reward)).toEqual([8]);
});

test('a save that fails holds up none of those behind it', async () => {
  const manager = open();
  const wrong = manager.saveBestModel({ ...of(1), reward: 'much' as unknown as number });
  const next = manager.saveBestModel(of(2));
  await expect(wrong).rejects.toThrow(/reward/);
  expect((await next).version).toBe(1);
});

test('behind a save that stands still the others end as those that wait for a lock, and those after it go on in their order', async () => {
  const manager = open({ wait: 30 });
  const [begun, gate] = [promised(), promised()];
  const chunks = (async function* () {
    begun.keep();
    await gate.kept;
    yield writeTorchZip([1]);
  })();
  const stuck = manager.saveBestModel({ source: { chunks, size: null }, reward: 1 });
  await begun.kept;
  const behind = [manager.saveBestModel(of(2)), manager.saveBestModel(of(3))];
  for (const each of behind) {
    await expect(each).rejects.toThrow(RunIsLockedError);
    await expect(each).rejects.toThrow(
      /^the run is locked — save of \S+, process \d+, since \S+, is writing to it — wait until that is done/,
    );
  }
  gate.keep();
  expect((await stuck).version).toBe(1);
  expect((await manager.saveBestModel(of(4))).version).toBe(2);
});

test('what is marked, saved over and moved at once is done in that order', async () => {
  const manager = open();
  const { id } = await manager.saveCheckpoint(of(1));
  await manager.look();
  const done: string[] = [];
  const note = async (what: string, work: Promise<unknown>) => work.then(() => done.push(what));
  await Promise.all([
    note('save', manager.saveCheckpoint(of(2))),
    note(
      'mark',
      manager.mark([id], 'note', (mark) => ({ ...mark, notes: 'of the second' })),
    ),
    note('trash', manager.moveToTrash([id])),
  ]);
  expect(done).toEqual(['save', 'mark', 'trash']);
});
