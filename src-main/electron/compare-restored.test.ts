import { join } from 'node:path';
import { expect, test } from 'vitest';
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
  put(folder, 'backup.json', '{"reward": -0.25, "metrics": {"same": NaN, "lr": "-0.0", "note": "clip=-2"}}');
  const store = { pathOf: ({ path }: { path: string }) => join(folder, path) };
  const told = (run: object) =>
    compareRestored(
      run as ModelManager,
      {
        store: store as unknown as ListedBackup['store'],
        version: { id: 'a.pt', files: [{ path: 'backup.json' }] } as unknown as BackedUpVersion,
      },
      { signal: new AbortController().signal } as Parameters<typeof compareRestored>[2],
    );
  const { metrics } = await told({ version: () => undefined });
  expect(metrics).toEqual([
    { name: 'reward', now: null, backup: -0.25 },
    { name: 'same', now: null, backup: Number.NaN },
    { name: 'lr', now: null, backup: '-0.0' },
    { name: 'note', now: null, backup: 'clip=-2' },
  ]);
});
