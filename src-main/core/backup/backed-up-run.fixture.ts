import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { letAge } from '../files/let-age.fixture.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { agesFile } from './beyond-limits.ts';

export async function open(run: string, appData = temporaryFolder(), wait = 10_000): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData, wait });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

export async function runOf(
  versions: number,
): Promise<{ run: string; ids: string[]; manager: ModelManager }> {
  const run = temporaryFolder();
  const ids = Array.from({ length: versions }, (_, index) => saveModel(run, index + 1));
  for (const id of ids) utimesSync(join(run, id), 1000, 1000);
  return { run, ids, manager: await open(run) };
}

export const own = (run: string, folder: string) => readdirSync(join(run, '.cairn/backups', folder));
export const backUp = async (manager: ModelManager, ...ids: (string | undefined)[]) =>
  (await manager.backups.create(new Set(ids.map(String)))).manifest.id;

export const backUpTo = async (to: string, manager: ModelManager, ids: string[]) =>
  (await manager.backups.create(new Set(ids), { to })).manifest.id;

const day = 24 * 3600 * 1000;

/** Backs up as if it were so many days ago, and the machine had run on since. */
export async function backUpBefore(
  days: number,
  manager: ModelManager,
  id: string | undefined,
): Promise<string> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - days * day });
  try {
    const backup = await backUp(manager, id);
    letAge(join(manager.bookkeeping, agesFile), new Map([[backup, days * day]]));
    return backup;
  } finally {
    vi.useRealTimers();
  }
}
