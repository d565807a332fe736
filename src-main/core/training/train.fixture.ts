import { expect, onTestFinished, vi } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { realDisk } from '../files/disk.ts';
import { FaultDisk } from '../files/fault-disk.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { tensorOf } from '../packing/torch-value.ts';
import type { Saved } from '../save/save-request.ts';
import { TrainingManager, type TrainingOptions } from './training-manager.ts';

/** A run to train in, closed when its test ends. */
export function open(
  folder = temporaryFolder(),
  config: Partial<StorageConfig> = {},
  disk = new FaultDisk(realDisk),
) {
  const manager = new ModelManager(folder, { appData: temporaryFolder(), config, disk });
  onTestFinished(() => manager.close());
  return manager;
}

/** A training of one weight, and what was told of it. */
export function train(manager: ModelManager, options: Partial<TrainingOptions> = {}) {
  const weight = Float32Array.of(0);
  const told = { saved: [] as (Saved & { step: number })[], failed: [] as string[], due: [] as string[] };
  const training = new TrainingManager(manager, {
    state: () => ({ model: { weight: tensorOf(weight) } }),
    onCheckpointDue: (why) => told.due.push(why),
    onNewBest: (value, before) => told.due.push(`${before} → ${value}`),
    onSaved: (saved, { global_step = 0 }) => told.saved.push({ ...saved, step: global_step }),
    onSaveFailed: (kind, error) =>
      told.failed.push(`${kind}: ${error instanceof Error ? error.message : error}`),
    ...options,
  });
  onTestFinished(() => training.close().catch(() => undefined));
  /** One update that comes to this reward. */
  const update = (reward: number, metrics = {}) => {
    weight[0] = reward;
    return training.onUpdate({ reward, ...metrics });
  };
  return { training, told, update };
}

export type Told = ReturnType<typeof train>['told'];
export const patient = { timeout: 15_000 };
export const saved = (told: Told, count: number) =>
  vi.waitFor(() => expect(told.saved).toHaveLength(count), patient);
export const failed = (told: Told) => vi.waitFor(() => expect(told.failed).toHaveLength(1), patient);
