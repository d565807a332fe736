import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';

/** A run whose checkpoint is pinned, and whose trash has room for nothing, or for all. */
async function pinnedRun(config: Partial<StorageConfig>, most: 0 | null = 0) {
  const run = temporaryFolder();
  put(run, '.cairn/settings.yaml', `trash: {max_size: ${most}}`);
  const manager = new ModelManager(run, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  const save = (count: number, name?: string) => {
    const bytes = writeTorchZip([count]);
    const source = { chunks: [bytes], size: bytes.length };
    return manager.saveCheckpoint({ source, reward: count, ...(name !== undefined && { name }) });
  };
  const { id } = await save(1);
  await manager.mark([id], 'pin', (mark) => ({ ...mark, pinned: true }));
  const unpin = () => manager.mark([id], 'unpin', (mark) => ({ ...mark, pinned: false }));
  return { run, manager, id, save, unpin, read: () => readFileSync(join(run, id)) };
}

const isTold = (warnings: readonly string[]) => warnings.filter((each) => each.includes(' is pinned, and '));

test.each([
  {},
  { backup_before_overwrite: false },
  { atomic_saves: false },
  { atomic_saves: false, backup_before_overwrite: false },
])(
  'Acknowledged is kept: what was pinned and is replaced waits in the trash, whatever its limits, and the save says so: %j',
  async (config) => {
    const { manager, id, save, read } = await pinnedRun(config);
    const before = read();
    const { warnings, replaced } = await save(2);
    expect(replaced?.stays).toBe(true);
    expect(isTold(warnings)).toEqual([
      `${id} is pinned, and this save replaced it: what it was waits in the trash until somebody empties that`,
    ]);
    await save(3, 'other.pt');
    await manager.undo(replaced?.operation ?? null);
    expect(read().equals(before)).toBe(true);
  },
);

test('Acknowledged is kept: what was pinned comes back too once the saves after it left the trash, and nothing foreign goes for it', async () => {
  const { run, manager, id, save, unpin, read } = await pinnedRun({});
  const before = read();
  const { replaced } = await save(2);
  expect((await save(3)).replaced).toMatchObject({ operation: null });
  await unpin();
  writeFileSync(join(run, id), 'of a training');
  await expect(manager.undo()).rejects.toThrow('another program wrote to it since');
  expect(read().toString()).toBe('of a training');
  // Its saves are followed by one that is Cairn's again.
  await save(4);
  await manager.undo(replaced?.operation ?? null);
  expect(read().equals(before)).toBe(true);
});

test('a training that saves to a pinned name again and again does not fill the disk', async () => {
  const { manager, save } = await pinnedRun({});
  const { replaced } = await save(2);
  for (const count of [3, 4])
    expect(isTold((await save(count)).warnings).join()).toContain(
      `within its limits, as one before it waits there without: ${replaced?.operation}`,
    );
  expect((await manager.listTrash()).operations.map(({ id }) => id)).toEqual([replaced?.operation]);
});

test('a pin on another version is no matter of the save', async () => {
  const { save } = await pinnedRun({});
  expect(isTold((await save(2, 'other.pt')).warnings)).toEqual([]);
});

test('what was replaced before anybody pinned it, and waits within limits, is no reason to let the pinned one go', async () => {
  const { manager, id, save, unpin } = await pinnedRun({}, null);
  await unpin();
  const { replaced: before } = await save(2);
  expect(before).not.toHaveProperty('stays');
  await manager.mark([id], 'pin', (mark) => ({ ...mark, pinned: true }));
  expect((await save(3)).replaced?.stays).toBe(true);
});
