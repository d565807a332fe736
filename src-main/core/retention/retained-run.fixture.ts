import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import type { RetentionRules } from '../../../shared/query/plan-retention.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';

export const bestOnly = (keepBest: number): RetentionRules => ({
  keepBest,
  keepLatest: null,
  keepEvery: null,
  kinds: 'best',
});

export async function open(run: string, config?: Partial<StorageConfig>): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder(), ...(config && { config }) });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

export function save(manager: ModelManager, reward: number, elements = 4) {
  const bytes = writeTorchZip([elements]);
  return manager.saveBestModel({ source: { chunks: [bytes], size: bytes.length }, reward });
}

export const models = (run: string) =>
  readdirSync(join(run, 'best_models')).filter((name) => name.endsWith('.pt'));
