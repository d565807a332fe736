import { clamp } from '@mantine/hooks';
import { everywhere } from '../commands/shortcuts.ts';
import { useHelpKey } from '../commands/useHelpKey.ts';
import { usePageKeys } from '../commands/usePageKeys.ts';
import { appCommands } from '../palette/app-commands.ts';
import { Palette } from '../palette/Palette.tsx';
import { PanelEdge } from '../resize/PanelEdge.tsx';
import { RunView } from '../run/RunView.tsx';
import {
  allRunsId,
  currentCheckpoint,
  currentRun,
  currentWorkspace,
  runsInView,
  type SessionState,
  verificationOf,
} from '../session/session-state.ts';
import { useSession, useSessionState } from '../session/useSession.ts';
import { Sidebar } from '../sidebar/Sidebar.tsx';
import { useUndoKey } from '../undo/useUndoKey.ts';
import { Welcome } from '../welcome/Welcome.tsx';
import { Later } from './Later.tsx';
import { onDemand } from './on-demand.tsx';
import { Toasts } from './Toasts.tsx';
import { changePreferences, usePreferences } from './usePreferences.ts';
import './screen.css';

/** Read once there is something to see: nothing of it is needed for that. */
const AppPanels = onDemand(async () => (await import('../settings/AppPanels.tsx')).AppPanels);

const AllRunsView = onDemand(async () => (await import('../all-runs/AllRunsView.tsx')).AllRunsView);

const CheckpointView = onDemand(
  async () => (await import('../checkpoint/CheckpointView.tsx')).CheckpointView,
);

const WorkspaceView = onDemand(async () => (await import('../workspace/WorkspaceView.tsx')).WorkspaceView);

/** The welcome screen until something is open, then what is open and the current one. */
export function Screen() {
  const session = useSession();
  const state = useSessionState();
  const { sidebarWidth } = usePreferences();
  usePageKeys(
    [
      [everywhere.open.keys[0], () => void session.chooseRun()],
      [everywhere.openFile.keys[0], () => void session.chooseCheckpoint()],
      [everywhere.allRuns.keys[0], () => session.showAllRuns()],
      [everywhere.settings.keys[0], () => session.openPanel('settings')],
    ],
    [],
  );
  useHelpKey(() => session.openPanel('shortcuts'));
  useUndoKey(runsInView(state));
  const run = currentRun(state);
  const checkpoint = currentCheckpoint(state);
  const workspace = currentWorkspace(state);
  if (!state.ready) return null;
  const isOfAll = state.currentId === allRunsId;
  if (!run && !checkpoint && !workspace && !isOfAll)
    return (
      <div className="screen screen-alone">
        <Welcome recents={state.recents} environment={state.environment} />
        <Toasts />
        <Panels state={state} />
        <Palette commands={() => appCommands(session, state)} />
      </div>
    );
  return (
    <div className="screen">
      <nav className="screen-side" aria-label="Runs">
        <Sidebar state={state} />
        <PanelEdge
          label="Width of the sidebar"
          panel="before"
          width={sidebarWidth}
          usual={clamp(window.innerWidth * 0.15, 168, 232)}
          least={150}
          left={640}
          onResize={(width) => changePreferences((kept) => ({ ...kept, sidebarWidth: width }))}
        />
      </nav>
      {run && <RunView key={run.runId} run={run} task={verificationOf(state, run.runId)} />}
      {isOfAll && <AllRunsView />}
      {workspace && <WorkspaceView key={workspace.workspaceId} workspace={workspace} />}
      {checkpoint && <CheckpointView key={checkpoint.checkpointId} checkpoint={checkpoint} />}
      <Toasts />
      <Panels state={state} />
    </div>
  );
}

function Panels({ state }: { state: SessionState }) {
  return (
    <Later after>
      <AppPanels state={state} />
    </Later>
  );
}
