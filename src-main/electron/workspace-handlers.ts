import type { WebContents } from 'electron';
import type { Failure } from '../../shared/failure.ts';
import type { workspaceRequests } from '../../shared/ipc/workspace-contract.ts';
import { differingSettings } from '../core/contents/differing-settings.ts';
import { toFailure } from '../core/errors.ts';
import type { OpenAs } from './open-path.ts';
import type { Handlers } from './serve-requests.ts';
import type { WindowSession } from './window-session.ts';

interface Means {
  /** Opens what a path stands for, and remembers it; gives its handle. @throws UsageError */
  open: (from: WebContents, path: string, as?: OpenAs) => string;
  copy: (text: string) => void;
  reveal: (path: string) => void;
}

/** What each request does that is about folders of runs. */
export function createWorkspaceHandlers(
  sessionOf: (window: WebContents) => WindowSession,
  { open, copy, reveal }: Means,
): Pick<Handlers, keyof typeof workspaceRequests> {
  const workspaceOf = (from: WebContents, workspaceId: string) => sessionOf(from).workspaces.get(workspaceId);
  return {
    searchBelowRun: ({ runId }, from) => ({
      openedId: open(from, sessionOf(from).run(runId).manager.root, 'workspace'),
    }),
    openAsRun: ({ workspaceId }, from) => ({
      openedId: open(from, workspaceOf(from, workspaceId).root, 'run'),
    }),
    listWorkspaceRuns: ({ workspaceId, from: first }, from) => workspaceOf(from, workspaceId).list(first),
    searchWorkspace: ({ workspaceId }, from) => {
      workspaceOf(from, workspaceId).search();
      return {};
    },
    stopSearch: ({ workspaceId }, from) => {
      workspaceOf(from, workspaceId).stop();
      return {};
    },
    closeWorkspace: ({ workspaceId }, from) => {
      sessionOf(from).closeWorkspace(workspaceId);
      return {};
    },
    openWorkspaceRuns: ({ workspaceId, runs }, from) => {
      const workspace = workspaceOf(from, workspaceId);
      const [first = -1, ...others] = runs;
      // Of many that are opened at once none is remembered: the folder that they are in is.
      if (others.length === 0)
        return { openedIds: [open(from, workspace.folderOf(first), 'run')], failures: [] };
      return openEach(runs, (run) => sessionOf(from).open(workspace.folderOf(run)).runId);
    },
    readRunSettings: ({ workspaceId, runs }, from) => {
      const workspace = workspaceOf(from, workspaceId);
      const paths = runs.map((run) => workspace.modelOf(run));
      return differingSettings(workspace.settings, paths);
    },
    revealWorkspaceRun: ({ workspaceId, run }, from) => {
      reveal(workspaceOf(from, workspaceId).folderOf(run));
      return {};
    },
    copyWorkspaceRuns: async ({ workspaceId, runs }, from) => {
      const folders = await workspaceOf(from, workspaceId).foldersThere(runs);
      if (folders.length > 0) copy(folders.join('\n'));
      return { copied: folders.length, gone: runs.length - folders.length };
    },
  };
}

/** Opens what can be opened: one that cannot holds up no other. */
function openEach(runs: readonly number[], openOne: (run: number) => string) {
  const failures: Failure[] = [];
  const openedIds = runs.map((run) => {
    try {
      return openOne(run);
    } catch (error) {
      failures.push(toFailure(error));
      return null;
    }
  });
  return { openedIds, failures };
}
