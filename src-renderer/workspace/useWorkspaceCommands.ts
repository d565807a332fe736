import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { WorkspaceSummary } from '../../shared/model/workspace.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import type { OpenMenu } from '../commands/ContextMenu.tsx';
import { tellCopied } from '../commands/copy-versions.ts';
import { doing } from '../commands/shortcuts.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import type { Session } from '../session/session.ts';
import { useSession } from '../session/useSession.ts';
import type { LabelledRun } from './label-runs.ts';
import { whyNotCompare, whyNotCopy, whyNotOpen, whyNotPrune } from './why-not.ts';
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
  /** How many runs a prune is of: those that are chosen, else all that are shown. */
  pruneCount: () => number;
  prune: () => void;
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
  /** The runs that are pruned together, or were last: while its dialog closes it still shows what it was about. */
  pruning: { runs: readonly LabelledRun[]; opened: boolean };
  closePruning: () => void;
}

export function useWorkspaceCommands(
  store: WorkspaceStore,
  workspace: WorkspaceSummary,
  focus: () => void,
): WorkspaceCommands {
  const session = useSession();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [pruning, setPruning] = useState<WorkspaceCommands['pruning']>({ runs: [], opened: false });
  const actions = actionsOn(session, store, workspace, (runs) => setPruning({ runs, opened: true }));
  return {
    pruning,
    closePruning: () => setPruning(({ runs }) => ({ runs, opened: false })),
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
  openPruning: (runs: readonly LabelledRun[]) => void,
): WorkspaceActions {
  const chosen = () => [...store.snapshot().choice.chosen];
  const pruned = () => chosenOrAll(store);
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
    pruneCount: () => pruned().length,
    prune: () => {
      if (whyNotPrune(pruned().length) === null) openPruning(pruned());
    },
    searchAgain: () => {
      if (state !== 'gone') void session.workspaces.search(workspaceId);
    },
    openAsRun: () => void session.openAsRun(workspaceId),
  };
}

function chosenOrAll(store: WorkspaceStore): readonly LabelledRun[] {
  const { runs, choice } = store.snapshot();
  return choice.chosen.size === 0 ? runs : runs.filter(({ handle }) => choice.chosen.has(handle));
}

async function copyPaths(workspaceId: string, runs: number[]): Promise<void> {
  const done = await valueOrNotice(window.cairn.request('copyWorkspaceRuns', { workspaceId, runs }));
  if (!done) return;
  if (done.gone === 0) return tellCopied(`${plural(done.copied, 'path')} copied`);
  const copied = done.copied === 0 ? 'Nothing was copied' : `Copied ${plural(done.copied, 'path')}`;
  const gone = `${formatCount(done.gone)} of ${plural(runs.length, 'run')}`;
  const message = `${copied}: ${gone} can no longer be found where they were. Search for runs again.`;
  notifications.show({ message });
}

function whyNone(count: number): string | null {
  return count === 0 ? whyNotOpen(count) : null;
}
