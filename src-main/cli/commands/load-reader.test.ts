import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../../core/catalog/run.fixture.ts';
import { temporaryFolder } from '../../core/files/temporary-folder.fixture.ts';
import { ModelManager } from '../../core/model-manager.ts';
import { loadReader } from './load-reader.ts';

test.each([
  ['in the run', () => undefined],
  ['elsewhere', () => ({ to: temporaryFolder() })],
])('of a run whose versions are gone, with backups %s, it is said how they come back', async (_, options) => {
  const run = temporaryFolder();
  const id = saveModel(run, 1);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  await manager.backups.create(new Set([id]), options());
  await expect(loadReader(run)).resolves.toBeDefined();
  rmSync(join(run, 'best_models'), { recursive: true });
  await expect(loadReader(run)).rejects.toThrow(
    `no version is in ${run} — its files are gone, and it has backups — “cairn backups ${run}” lists them, “cairn restore ${run} BACKUP” brings them back`,
  );
});

test('a folder without backups of which nothing is known is no run', async () => {
  await expect(loadReader(temporaryFolder())).rejects.toThrow('is not a run folder');
});
