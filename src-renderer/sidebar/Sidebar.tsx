import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFolderPlus, IconSettings } from '@tabler/icons-react';
import { Wordmark } from '../app/Wordmark.tsx';
import { visibleText } from '../format/visible-text.ts';
import type { SessionState } from '../session/session-state.ts';
import { useSession } from '../session/useSession.ts';
import { OpenRun } from './OpenRun.tsx';
import './sidebar.css';

export function Sidebar({ state }: { state: SessionState }) {
  const session = useSession();
  const openFolders = new Set(state.runs.map(({ folder }) => folder));
  const recents = state.recents.filter(({ present, folder }) => present && !openFolders.has(folder));
  return (
    <nav className="sidebar" aria-label="Runs">
      <div className="sidebar-brand">
        <Wordmark size={20} />
        <span>Cairn</span>
        <Tooltip label="Open a run folder (Ctrl+O)">
          <ActionIcon aria-label="Open folder…" onClick={() => void session.chooseRun()}>
            <IconFolderPlus size={17} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className="sidebar-lists">
        <h2>Open runs</h2>
        <ul>
          {state.runs.map((run) => (
            <OpenRun key={run.runId} run={run} current={run.runId === state.currentId} />
          ))}
        </ul>
        {recents.length > 0 && <h2>Recent</h2>}
        <ul>
          {recents.map(({ recentId, name, folder }) => (
            <li key={recentId} className="run-item">
              <button
                type="button"
                className="run-open run-recent"
                title={visibleText(folder)}
                onClick={() => void session.openRecent(recentId)}
              >
                <bdi className="run-name">{visibleText(name)}</bdi>
              </button>
            </li>
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
    </nav>
  );
}
