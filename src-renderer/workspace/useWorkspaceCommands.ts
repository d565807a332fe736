import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { WorkspaceSummary } from '../../shared/model/workspace.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import type { OpenMenu } from '../commands/ContextMenu.tsx';
import { doing } from '../commands/shortcuts.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import type { Session } from '../session/session.ts';
import { useSession } from '../session/useSession.ts';
import { whyNotCompare, whyNotCopy, whyNotOpen } from './why-not.ts';
import { workspaceMenu } from './workspace-menu.ts';
import type { WorkspaceStore } from './workspace-store.ts';

/** What can be done in a folder of runs; to those that are chosen, where it is about runs. */
export interface WorkspaceActions {
  /** How many are chosen. */
  count: () => number;
  open: () => void;
  compare: () => void;
  copyPaths: () => void;
  reveal: () => void;
  searchAgain: () => void;
  openAsRun: () => void;
}

/** The same, by keys and from the menu. */
interface WorkspaceCommands {
  actions: WorkspaceActions;
  /** @returns whether the key does anything to what is chosen */
  onDeed: (key: string) => boolean;
  onMenu: (at: OpenMenu['at']) => void;
  menu: OpenMenu | null;
  closeMenu: () => void;
}

export function useWorkspaceCommands(
  store: WorkspaceStore,
  workspace: WorkspaceSummary,
  focus: () => void,
): WorkspaceCommands {
  const session = useSession();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const actions = actionsOn(session, store, workspace);
  return {
    actions,
    onDeed: (key) => {
      const isCopying = key === doing.copyPath.keys[0];
      if (isCopying) actions.copyPaths();
      return isCopying;
    },
    onMenu: (at) => setMenu(workspaceMenu(actions, at)),
    menu,
    closeMenu: () => {
      setMenu(null);
      focus();
    },
  };
}

function actionsOn(
  session: Session,
  store: WorkspaceStore,
  { workspaceId, state }: WorkspaceSummary,
): WorkspaceActions {
  const chosen = () => [...store.snapshot().choice.chosen];
  const ifNothing =
    (why: (count: number) => string | null, act: (runs: number[]) => Promise<unknown>) => () => {
      const runs = chosen();
      if (why(runs.length) === null) void act(runs);
    };
  return {
    count: () => chosen().length,
    open: ifNothing(whyNotOpen, (runs) => session.workspaces.openRuns(workspaceId, runs)),
    compare: ifNothing(whyNotCompare, (runs) => session.workspaces.compareBest(workspaceId, runs)),
    copyPaths: ifNothing(whyNotCopy, (runs) => copyPaths(workspaceId, runs)),
    reveal: ifNothing(whyNone, ([run = 0]) =>
      valueOrNotice(window.cairn.request('revealWorkspaceRun', { workspaceId, run })),
    ),
    searchAgain: () => {
      if (state !== 'gone') void session.workspaces.search(workspaceId);
    },
    openAsRun: () => void session.openAsRun(workspaceId),
  };
}

async function copyPaths(workspaceId: string, runs: number[]): Promise<void> {
  const done = await valueOrNotice(window.cairn.request('copyWorkspaceRuns', { workspaceId, runs }));
  if (!done || done.gone === 0) return;
  const copied = done.copied === 0 ? 'Nothing was copied' : `Copied ${plural(done.copied, 'path')}`;
  const gone = `${formatCount(done.gone)} of ${plural(runs.length, 'run')}`;
  const message = `${copied}: ${gone} can no longer be found where they were. Look for runs again.`;
  notifications.show({ message });
}

function whyNone(count: number): string | null {
  return count === 0 ? whyNotOpen(count) : null;
}
