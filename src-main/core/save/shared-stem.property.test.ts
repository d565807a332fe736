import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { sha256 } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';

function open(root: string, config: Partial<StorageConfig>): ModelManager {
  const manager = new ModelManager(root, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  return manager;
}

function save(manager: ModelManager, name: string | null, text: string) {
  const source = { chunks: [Buffer.from(text)], size: text.length };
  return manager.saveCheckpoint({ source, reward: 1, ...(name === null ? {} : { name }) });
}

/** What stands on record of each version, and what its bytes are. */
async function recordsOf(root: string) {
  const manager = open(root, {});
  await manager.look();
  return new Map(
    manager
      .versions()
      .filter(({ integrity }) => integrity.state !== 'missing')
      .map(({ id, checksum, integrity }) => {
        const actual = sha256(readFileSync(join(root, id)));
        const sound = !['mismatch', 'torn'].includes(integrity.state);
        return [id, { recorded: checksum, actual, sound }];
      }),
  );
}

const seed = Number(process.env['CAIRN_SEED'] ?? 1);
const saves = fc.array(
  fc.record({
    name: fc.constantFrom('a.pt', 'a.ckpt', 'a.pt.gz', 'a.zip', 'a_meta.pt', 'b.pt', 'b.ckpt', null),
    compression: fc.constantFrom(null, 'gzip' as const),
    save_metadata: fc.constantFrom(true, true, false),
    atomic_saves: fc.constantFrom(true, true, false),
  }),
  { minLength: 2, maxLength: 5 },
);

test('a save never changes what is told of another version, whatever their names', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(saves, async (list) => {
      const root = temporaryFolder();
      for (const [index, { name, ...config }] of list.entries()) {
        const before = await recordsOf(root);
        const saved = await save(open(root, config), name, `model ${index} `.repeat(index + 1)).catch(
          () => null,
        );
        const after = await recordsOf(root);
        const others = [...before].filter(([id]) => id !== saved?.id && after.has(id));
        expect(others.map(([id]) => [id, after.get(id)])).toEqual(others);
        const gone = [...before.keys()].filter((id) => id !== saved?.id && !after.has(id));
        for (const id of gone) expect(saved?.warnings.join()).toContain(`${id}, the same version`);
        const its = { recorded: saved?.checksum, actual: saved?.checksum, sound: true };
        if (saved) expect(after.get(saved.id)).toEqual(its);
      }
    }),
    { numRuns: process.env['CAIRN_TORTURE'] ? 400 : 25, seed },
  );
});

test('a name whose sidecar another model has is refused in one line, with everything as it was', async () => {
  const root = temporaryFolder();
  await save(open(root, {}), 'a.pt', 'model 1');
  const before = await recordsOf(root);
  await expect(save(open(root, {}), 'a.ckpt', 'model 2')).rejects.toThrow(
    'checkpoints/a.ckpt is not saved — checkpoints/a.pt is there, and the two would share one sidecar, a.json — save it under another name',
  );
  expect(await recordsOf(root)).toEqual(before);
});

test.each([
  [null, 'gzip', 'checkpoint.pt', 'checkpoint.pt.gz'],
  ['gzip', null, 'checkpoint.pt.gz', 'checkpoint.pt'],
] as const)(
  'after compression was changed from %s to %s the next save takes the place of %s, which an undo brings back',
  async (first, second, older, newer) => {
    const root = temporaryFolder();
    await save(open(root, { compression: first }), null, 'model 1');
    const before = await recordsOf(root);
    const manager = open(root, { compression: second });
    const { id, warnings } = await save(manager, null, 'model 2');
    expect(id).toBe(`checkpoints/${newer}`);
    expect(warnings).toContain(
      `checkpoints/${older}, the same version in the form that compression asked for before, is in the trash`,
    );
    expect(existsSync(join(root, 'checkpoints', older))).toBe(false);
    expect((await manager.undo()).restored).toEqual([`checkpoints/${older}`]);
    expect(await recordsOf(root)).toEqual(before);
  },
);

test('without backup_before_overwrite the older form goes for good, as whatever is replaced', async () => {
  const root = temporaryFolder();
  const config = { backup_before_overwrite: false };
  await save(open(root, config), null, 'model 1');
  const manager = open(root, { ...config, compression: 'gzip' });
  const { warnings } = await save(manager, null, 'model 2');
  expect(warnings.join()).toContain(
    'checkpoint.pt, the same version in the form that compression asked for before, is deleted',
  );
  expect([
    existsSync(join(root, 'checkpoints/checkpoint.pt')),
    (await manager.listTrash()).operations,
  ]).toEqual([false, []]);
});

test('a name whose sidecar would pass for that of another model is refused; one without an ending has a sidecar too', async () => {
  const root = temporaryFolder();
  await expect(save(open(root, {}), 'a_meta.pt', 'model 1')).rejects.toThrow('would pass for that of a —');
  const manager = open(root, { checkpoint_name: 'resume' });
  const { id, checksum } = await save(manager, null, 'model 2');
  expect([id, manager.version(id)?.checksum]).toEqual(['checkpoints/resume', checksum]);
});

test('a link or a folder of the same stem is no model, and is in no way of a save', async () => {
  const root = temporaryFolder();
  put(root, 'checkpoints/a.ckpt/x', 'a folder');
  expect((await save(open(root, {}), 'a.pt', 'model 1')).id).toBe('checkpoints/a.pt');
});
