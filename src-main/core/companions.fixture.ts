import { onTestFinished } from 'vitest';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import { ModelManager } from './model-manager.ts';

/** How long what a run tells of itself is waited for. */
export const soon = { timeout: 15_000, interval: 50 };

/** The steps of the sample run of stable-baselines3, and the names of its files. */
export const steps = [10_000, 15_000, 20_000, 30_000, 40_000];
export const idAt = (step: number) => `rl_model_${step}_steps.zip`;
export const companionsAt = (step: number) =>
  ['vecnormalize', 'replay_buffer'].map((kind) => `rl_model_${kind}_${step}_steps.pkl`);
export const filesAt = (step: number) => [idAt(step), ...companionsAt(step)];

export async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}
