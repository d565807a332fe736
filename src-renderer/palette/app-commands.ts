import { valueOrNotice } from '../bridge/show-failure.ts';
import { everywhere } from '../commands/shortcuts.ts';
import { visibleText } from '../format/visible-text.ts';
import type { Session } from '../session/session.ts';
import { allRunsId, closedRecents, runsInView, type SessionState } from '../session/session-state.ts';
import { undoLast } from '../undo/show-way-back.tsx';
import { waysBack } from '../undo/ways-back.ts';
import type { PaletteCommand } from './palette-command.ts';

/** What can be done whatever run is open, and the way to other runs. */
export function appCommands(session: Session, state: SessionState): PaletteCommand[] {
  const app = (id: string, label: string, run: () => void, shortcut?: string): PaletteCommand => ({
    id,
    group: 'Cairn',
    label,
    run,
    shortcut,
  });
  return [
    ...undoing(state),
    ...openRuns(session, state),
    app('open', 'Open folder…', () => void session.chooseRun(), everywhere.open.keys[0]),
    app('open-file', 'Open file…', () => void session.chooseCheckpoint(), everywhere.openFile.keys[0]),
    app('sample', 'Open the sample run', () => void session.openSampleRun()),
    app(
      'window',
      'New window',
      () => void valueOrNotice(window.cairn.request('openNewWindow', {})),
      'Mod+Shift+n',
    ),
    app('settings', 'Settings', () => session.openPanel('settings'), everywhere.settings.keys[0]),
    app('guide', 'Guide', () => session.openPanel('guide')),
    app('shortcuts', 'Keyboard shortcuts', () => session.openPanel('shortcuts'), everywhere.help.keys[0]),
    app('about', 'About Cairn', () => session.openPanel('about')),
  ];
}

/** The last thing that was done in this window to a run that is shown. */
function undoing(state: SessionState): PaletteCommand[] {
  const runIds = runsInView(state);
  const last = waysBack.lastOf(runIds);
  if (!last) return [];
  const run = () => void undoLast(runIds);
  return [
    { id: 'undo', group: 'Cairn', label: `Undo: ${last.done}`, shortcut: everywhere.undo.keys[0], run },
  ];
}

function openRuns(session: Session, state: SessionState): PaletteCommand[] {
  const { runs, checkpoints, workspaces, currentId } = state;
  const others = runs.filter(({ runId }) => runId !== currentId);
  const known = closedRecents(state).filter(({ present }) => present);
  const together =
    runs.length > 1 && currentId !== allRunsId
      ? [
          {
            id: allRunsId,
            group: 'Runs',
            label: 'All open runs in one table',
            shortcut: everywhere.allRuns.keys[0],
            run: () => session.showAllRuns(),
          },
        ]
      : [];
  return [
    ...together,
    ...others.map(({ runId, name }) => ({
      id: `run-${runId}`,
      group: 'Runs',
      label: `Show ${visibleText(name)}`,
      run: () => session.show(runId),
    })),
    ...workspaces
      .filter(({ workspaceId }) => workspaceId !== currentId)
      .map(({ workspaceId, name }) => ({
        id: `workspace-${workspaceId}`,
        group: 'Runs',
        label: `Show the runs in ${visibleText(name)}`,
        run: () => session.show(workspaceId),
      })),
    ...checkpoints
      .filter(({ checkpointId }) => checkpointId !== currentId)
      .map(({ checkpointId, name }) => ({
        id: `checkpoint-${checkpointId}`,
        group: 'Runs',
        label: `Show ${visibleText(name)}`,
        run: () => session.show(checkpointId),
      })),
    ...known.map(({ recentId, name }) => ({
      id: `recent-${recentId}`,
      group: 'Runs',
      label: `Open ${visibleText(name)}`,
      run: () => void session.openRecent(recentId),
    })),
  ];
}
