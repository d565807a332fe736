import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultStorageConfig } from '../../shared/model/storage-config.ts';
import type { BackedUpVersion, ListedBackup } from '../core/backup/backup-source.ts';
import { put, temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import type { ModelManager } from '../core/model-manager.ts';
import { compareRestored } from './compare-restored.ts';

test('metrics are told as the files have them: numbers as numbers, texts as texts', async () => {
  const folder = temporaryFolder();
  put(
    folder,
    'now.json',
    '{"reward": -0.5, "metrics": {"same": NaN, "lr": -0.0, "note": "clip=-1", "gone": 1}}',
  );
  put(folder, 'a.json', '{"reward": -0.25, "metrics": {"same": NaN, "lr": "-0.0", "note": "clip=-2"}}');
  const store = { pathOf: ({ path }: { path: string }) => join(folder, path) };
  const told = (run: object) =>
    compareRestored(
      run as ModelManager,
      {
        store: store as unknown as ListedBackup['store'],
        version: { id: 'a.pt', files: [{ path: 'a.pt' }, { path: 'a.json' }] } as unknown as BackedUpVersion,
      },
      { signal: new AbortController().signal } as Parameters<typeof compareRestored>[2],
    );
  const { metrics } = await told({ version: () => undefined, config: defaultStorageConfig });
  expect(metrics).toEqual([
    { name: 'reward', now: null, backup: -0.25 },
    { name: 'same', now: null, backup: Number.NaN },
    { name: 'lr', now: null, backup: '-0.0' },
    { name: 'note', now: null, backup: 'clip=-2' },
  ]);
});

test('of a folder that is a version the record of its save is read, whatever else in it ends like that', async () => {
  const folder = temporaryFolder();
  const inner = 'checkpoints/checkpoint-10';
  const names = ['adapter_model.safetensors', 'adapter_config.json', 'checkpoint-10.cairn.json'];
  put(folder, `${inner}/adapter_config.json`, '{"reward": 7}');
  put(folder, `${inner}/checkpoint-10.cairn.json`, '{"reward": 2, "metrics": {"loss": 0.5}}');
  const { metrics } = await compareRestored(
    { version: () => undefined, config: defaultStorageConfig } as unknown as ModelManager,
    {
      store: {
        pathOf: ({ path }: { path: string }) => join(folder, path),
      } as unknown as ListedBackup['store'],
      version: {
        id: `${inner}/${names[0]}`,
        files: names.map((name) => ({ path: `${inner}/${name}` })),
      } as unknown as BackedUpVersion,
    },
    { signal: new AbortController().signal } as Parameters<typeof compareRestored>[2],
  );
  expect(metrics).toEqual([
    { name: 'reward', now: null, backup: 2 },
    { name: 'loss', now: null, backup: 0.5 },
  ]);
});
