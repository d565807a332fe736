import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { WorkspaceSummary } from '../../shared/model/workspace.ts';
import { ContextMenu } from '../commands/ContextMenu.tsx';
import { everywhere } from '../commands/shortcuts.ts';
import { usePageKeys } from '../commands/usePageKeys.ts';
import { visibleText } from '../format/visible-text.ts';
import { appCommands } from '../palette/app-commands.ts';
import { Palette } from '../palette/Palette.tsx';
import { PruneRunsDialog } from '../prune-runs/PruneRunsDialog.tsx';
import { useSession, useSessionState } from '../session/useSession.ts';
import { type TabChoice, TabStrip } from '../tabs/TabStrip.tsx';
import { DifferencesPage } from './DifferencesPage.tsx';
import { RunsTable } from './RunsTable.tsx';
import { useWorkspaceCommands } from './useWorkspaceCommands.ts';
import { WorkspaceHeader } from './WorkspaceHeader.tsx';
import { WorkspaceNotice } from './WorkspaceNotice.tsx';
import { WorkspaceStatus } from './WorkspaceStatus.tsx';
import { WorkspaceToolbar } from './WorkspaceToolbar.tsx';
import { workspacePalette } from './workspace-menu.ts';
import '../run/run-view.css';

type Page = 'runs' | 'differences';
const pages: readonly TabChoice<Page>[] = [
  { value: 'runs', label: 'Runs' },
  { value: 'differences', label: 'Differences' },
];

/** A folder of runs: what is found in it, as a table, and which settings made a difference. */
export function WorkspaceView({ workspace }: { workspace: WorkspaceSummary }) {
  const session = useSession();
  const state = useSessionState();
  const store = session.workspaces.storeOf(workspace.workspaceId);
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
  const [page, setPage] = useState<Page>('runs');
  const scroller = useRef<HTMLDivElement>(null);
  const focus = () => scroller.current?.focus({ preventScroll: true });
  const { actions, onDeed, onMenu, menu, closeMenu, pruning, closePruning } = useWorkspaceCommands(
    store,
    workspace,
    focus,
  );
  usePageKeys([[everywhere.searchAgain.keys[0], actions.searchAgain]], []);
  useLayoutEffect(() => scroller.current?.focus({ preventScroll: true }), []);
  const name = visibleText(workspace.name);
  useEffect(() => {
    document.title = `${name} – Cairn`;
    return () => {
      document.title = 'Cairn';
    };
  }, [name]);

  return (
    <div className="run-view">
      <main className="run-main workspace" data-searching={workspace.state === 'searching' || undefined}>
        <WorkspaceHeader workspace={workspace} />
        <TabStrip name="runs" label="Pages of this folder" tabs={pages} value={page} onChange={setPage} />
        <div id="runs-panel" className="versions-page" role="tabpanel" aria-labelledby={`runs-tab-${page}`}>
          <WorkspaceToolbar
            workspace={workspace}
            store={store}
            snapshot={snapshot}
            actions={actions}
            onLeave={focus}
          />
          <div className="run-content">
            {page === 'differences' && (
              <DifferencesPage workspaceId={workspace.workspaceId} runs={snapshot.runs} />
            )}
            <div className="table-area" hidden={page !== 'runs'}>
              <RunsTable
                store={store}
                snapshot={snapshot}
                scroller={scroller}
                onOpen={actions.open}
                onDeed={onDeed}
                onMenu={onMenu}
              />
              {snapshot.runs.length === 0 && (
                <WorkspaceNotice
                  workspace={workspace}
                  store={store}
                  snapshot={snapshot}
                  onSearch={actions.searchAgain}
                />
              )}
            </div>
            {menu && <ContextMenu menu={menu} onClose={closeMenu} />}
          </div>
        </div>
      </main>
      <PruneRunsDialog workspace={workspace} {...pruning} onClose={closePruning} />
      <WorkspaceStatus workspace={workspace} snapshot={snapshot} />
      <Palette commands={() => [...workspacePalette(actions), ...appCommands(session, state)]} />
    </div>
  );
}
