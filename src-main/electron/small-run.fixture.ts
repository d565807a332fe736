import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { put } from '../core/files/temporary-folder.fixture.ts';
import type { OpenRun } from './open-run.ts';
import { WindowSession } from './window-session.ts';

/** A run of two versions, `a` and `b`, and of a third of which only the record is left. */
function putSmallRun(root: string): void {
  for (const name of ['a', 'b']) putOldModel(root, name, `bytes of ${name}`);
  put(
    root,
    'best_models/gone.json',
    JSON.stringify({ version: 3, timestamp: '2024-01-01T13:55:00', reward: 0.5, metrics: {} }),
  );
}

/** What is no whole file and was touched a moment ago would count as being written. @returns its path */
export function putOldModel(root: string, name: string, bytes: string): string {
  const path = put(root, `best_models/${name}.pt`, bytes);
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  return path;
}

/** A window, of which nobody looks at what it is told. */
export const from = { isDestroyed: () => false, send: () => undefined } as unknown as WebContents;

export function openSmallRun(folder: string): Promise<{ session: WindowSession; run: OpenRun }> {
  putSmallRun(join(folder, 'run'));
  return openRunIn(folder);
}

/** The folder `run` of a folder, open in a window. */
export async function openRunIn(folder: string): Promise<{ session: WindowSession; run: OpenRun }> {
  const session = new WindowSession(from, folder);
  const run = session.open(join(folder, 'run'));
  await run.manager.look();
  return { session, run };
}

type Begun = { taskId: string | null };

/** What long work came to. */
export async function endOf<T>(session: WindowSession, begun: Begun | Promise<Begun>): Promise<T> {
  const { taskId } = await begun;
  return JSON.parse((await session.works.finish(taskId ?? '')) ?? 'null') as T;
}
