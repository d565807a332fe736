import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { lookAt } from '../files/file-identity.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { verifyFile } from '../integrity/verify-file.ts';
import { type ManagerOptions, ModelManager } from '../model-manager.ts';
import type { Evaluation } from './evaluation.ts';

export const sidecarText = `{
    "version": 3,
    "reward": 1.0,
    "metrics": {"sharpe": 2.0, "odd": NaN},
    "evaluation_results": {"theirs": [1.0, 2e0]},
    "seed": 123456789012345678901,
    "notes": "grüße"
}
`;

export async function open(root: string, options: ManagerOptions = {}): Promise<ModelManager> {
  const manager = new ModelManager(root, { appData: temporaryFolder(), config: {}, ...options });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** In this thread: starting others takes longer than all else. */
export async function verify(manager: ModelManager): Promise<void> {
  for (const claim of manager.claims([id])) manager.remember([await verifyFile(claim)]);
}

/** A run of one version that was verified, with a sidecar as Python wrote it. */
export async function verified() {
  const root = temporaryFolder();
  put(root, 'best_models/a.pt', writeTorchZip([1]));
  const path = put(root, 'best_models/a.json', sidecarText);
  const manager = await open(root);
  await verify(manager);
  return { root, path, manager };
}

export const id = 'best_models/a.pt';

export function evaluationOf(
  root: string,
  values: readonly number[],
  rest: Partial<Evaluation> = {},
): Evaluation {
  const identity = lookAt(join(root, rest.id ?? id));
  if (!identity) throw new Error('no such version');
  const bySeed = new Map(values.map((value, seed) => [seed, value]));
  return {
    ...{
      id,
      files: new Map([[rest.id ?? id, identity]]),
      evaluator: 'eval {model}',
      evaluatorHash: 'ab',
      at: '2026-01-01T00:00:00.000Z',
      episodes: null,
    },
    metrics: new Map([['sharpe', { values: bySeed, perEpisode: [] }]]),
    ...rest,
  };
}
