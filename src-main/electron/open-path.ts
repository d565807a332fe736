import type { WebContents } from 'electron';
import { findWhatIsNamed } from '../core/find-what-is-named.ts';
import type { Recents } from './recents.ts';
import type { WindowSession } from './window-session.ts';

interface Desk {
  recents: Recents;
  sessionOf: (window: WebContents) => WindowSession;
}

/**
 * Opens in a window what a path stands for: a run, a version in its run, or a checkpoint without one; and remembers it.
 * @returns the handle of the run or checkpoint
 * @throws UsageError
 */
export function openPath({ recents, sessionOf }: Desk, from: WebContents, path: string): string {
  const session = sessionOf(from);
  const named = findWhatIsNamed(path);
  if (named.kind === 'file') {
    recents.add(named.path, 'checkpoint');
    return session.openCheckpoint(named.path).checkpointId;
  }
  const run = session.open(named.root);
  recents.add(run.manager.root);
  if (named.id !== null) session.showVersion(run, named.id);
  return run.runId;
}
