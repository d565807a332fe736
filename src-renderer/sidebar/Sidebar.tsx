import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFolderPlus, IconSettings } from '@tabler/icons-react';
import { nameRuns } from '../../shared/model/name-runs.ts';
import { usePreferences } from '../app/usePreferences.ts';
import { Wordmark } from '../app/Wordmark.tsx';
import { namesOf } from '../run/table-runs.ts';
import { closedRecents, type SessionState } from '../session/session-state.ts';
import { useSession } from '../session/useSession.ts';
import { AllRuns } from './AllRuns.tsx';
import { OpenCheckpoint } from './OpenCheckpoint.tsx';
import { OpenRun } from './OpenRun.tsx';
import { OpenWorkspace } from './OpenWorkspace.tsx';
import { RecentItem } from './RecentItem.tsx';
import './sidebar.css';

export function Sidebar({ state }: { state: SessionState }) {
  const session = useSession();
  const { sidebarWidth } = usePreferences();
  const recents = closedRecents(state);
  const names = namesOf(state.runs);
  const recentNames = nameRuns(recents.map(({ folder }) => folder));
  return (
    <div className="sidebar" style={sidebarWidth === null ? undefined : { width: sidebarWidth }}>
      <div className="sidebar-brand">
        <Wordmark size={20} />
        <span>Cairn</span>
        <Tooltip label="Open a run, or a folder of runs (Ctrl+O)">
          <ActionIcon aria-label="Open folder…" onClick={() => void session.chooseRun()}>
            <IconFolderPlus size={17} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className="sidebar-lists">
        {state.workspaces.length > 0 && <h2>Folders of runs</h2>}
        <ul>
          {state.workspaces.map((workspace) => (
            <OpenWorkspace
              key={workspace.workspaceId}
              workspace={workspace}
              current={workspace.workspaceId === state.currentId}
            />
          ))}
        </ul>
        {state.runs.length > 0 && <h2>Open runs</h2>}
        <ul>
          {state.runs.length > 1 && <AllRuns state={state} />}
          {state.runs.map((run) => (
            <OpenRun
              key={run.runId}
              run={run}
              name={names.get(run.runId) ?? run.name}
              current={run.runId === state.currentId}
            />
          ))}
        </ul>
        {state.checkpoints.length > 0 && <h2>Files</h2>}
        <ul>
          {state.checkpoints.map((checkpoint) => (
            <OpenCheckpoint
              key={checkpoint.checkpointId}
              checkpoint={checkpoint}
              current={checkpoint.checkpointId === state.currentId}
            />
          ))}
        </ul>
        {recents.length > 0 && <h2>Recent</h2>}
        <ul>
          {recents.map((recent, index) => (
            <RecentItem key={recent.recentId} recent={recent} name={recentNames[index] ?? recent.name} />
          ))}
        </ul>
      </div>
      <div className="sidebar-foot">
        <button type="button" className="sidebar-command" onClick={() => session.openPanel('settings')}>
          <IconSettings size={15} stroke={1.75} aria-hidden />
          Settings
        </button>
        <button type="button" className="sidebar-command" onClick={() => session.openPanel('about')}>
          About
        </button>
      </div>
    </div>
  );
}
