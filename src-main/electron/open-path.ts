import type { WebContents } from 'electron';
import { findWhatIsNamed } from '../core/find-what-is-named.ts';
import { isWorkspace } from '../core/workspace/is-workspace.ts';
import type { Recents } from './recents.ts';
import type { WindowSession } from './window-session.ts';

interface Desk {
  recents: Recents;
  sessionOf: (window: WebContents) => WindowSession;
}

/** What a folder is to be opened as, whatever lies in it. */
export type OpenAs = 'run' | 'workspace';

/**
 * Opens in a window what a path stands for: a run, a version in its run, a checkpoint without one, or a folder of runs; and remembers it.
 * @param as for a folder of which somebody said what it is
 * @returns the handle of what was opened
 * @throws UsageError
 */
export function openPath({ recents, sessionOf }: Desk, from: WebContents, path: string, as?: OpenAs): string {
  const session = sessionOf(from);
  const named = findWhatIsNamed(path);
  if (named.kind === 'file') {
    recents.add(named.path, 'checkpoint');
    return session.openCheckpoint(named.path).checkpointId;
  }
  const { root, id } = named;
  if (id === null && (as ?? sortOf(session, root)) === 'workspace') {
    recents.add(root, 'workspace');
    return session.openWorkspace(root).workspaceId;
  }
  const run = session.open(root);
  recents.add(run.manager.root);
  if (id !== null) session.showVersion(run, id);
  return run.runId;
}

/** What is open as a run already is shown as one. */
function sortOf(session: WindowSession, root: string): OpenAs {
  const isOpen = session.runs().some(({ manager }) => manager.root === root);
  return !isOpen && isWorkspace(root) ? 'workspace' : 'run';
}
