import { memo, useEffect, useMemo, useRef } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import { Later } from '../app/Later.tsx';
import { onDemand } from '../app/on-demand.tsx';
import { changePreferences } from '../app/usePreferences.ts';
import { readAhead } from '../app/when-idle.ts';
import { visibleText } from '../format/visible-text.ts';
import { appCommands } from '../palette/app-commands.ts';
import { Palette } from '../palette/Palette.tsx';
import type { TablePalette } from '../palette/palette-command.ts';
import { runCommands } from '../palette/run-commands.ts';
import { useSession, useVersions } from '../session/useSession.ts';
import { StatusLine } from '../status/StatusLine.tsx';
import { TabStrip } from '../tabs/TabStrip.tsx';
import type { VersionList } from '../versions/version-list.ts';
import { ChartsPage, likelyNext, SideBySidePage } from './load-pages.ts';
import { RunHeader } from './RunHeader.tsx';
import { RunVersions } from './RunVersions.tsx';
import { runPages, useRunActions } from './useRunActions.ts';
import { useTableRuns } from './useTableRuns.ts';
import './run-view.css';

/** Read once the rows are there: nothing of it is needed to show them. */
const RunDialogs = onDemand(async () => (await import('./RunDialogs.tsx')).RunDialogs);
const RecordPages = onDemand(async () => (await import('./RecordPages.tsx')).RecordPages);

/** What the page of versions side by side offers while nothing is chosen. */
function bestAndLatest({ best, latest }: VersionList) {
  const rows = [...new Set([best, latest])].flatMap((row) => row ?? []);
  return { words: 'Compare the best with the latest', rows };
}

interface Props {
  run: RunSummary;
  task: Task | null;
}

/** One open run: the page of it that is shown, and what is going on. What else happens in the window draws nothing of it anew. */
export const RunView = memo(function RunView({ run, task }: Props) {
  const session = useSession();
  const store = session.storeOf(run.runId);
  const snapshot = useVersions(store);
  const hasRows = snapshot.total > 0 || !snapshot.loading;
  const runs = useTableRuns(useMemo(() => [run], [run]));
  const { page, dialog, actions } = useRunActions(store);
  const table = useRef<TablePalette>(null);
  const showDetails = () => {
    actions.show('versions');
    changePreferences((preferences) => ({ ...preferences, detailsOpen: true }));
  };
  const commands = () => [
    ...runCommands({ run, runs, store, session, actions, showDetails }),
    ...appCommands(session, session.snapshot()),
    ...(table.current?.() ?? []),
  ];

  useEffect(() => (hasRows ? readAhead(likelyNext) : undefined), [hasRows]);

  useEffect(() => {
    document.title = `${visibleText(run.name)} – Cairn`;
    return () => {
      document.title = 'Cairn';
    };
  }, [run.name]);

  return (
    <div className="run-view">
      <main className="run-main">
        <RunHeader run={run} store={store} snapshot={snapshot} />
        <TabStrip name="run" label="Pages of this run" tabs={runPages} value={page} onChange={actions.show} />
        <div id="run-panel" className="run-panel" role="tabpanel" aria-labelledby={`run-tab-${page}`}>
          {page === 'versions' && (
            <RunVersions
              run={run}
              task={task}
              store={store}
              snapshot={snapshot}
              actions={actions}
              palette={table}
            />
          )}
          {page === 'charts' && (
            <ChartsPage run={run} runs={runs} store={store} snapshot={snapshot} actions={actions} />
          )}
          {page === 'sideBySide' && (
            <SideBySidePage
              runs={runs}
              store={store}
              snapshot={snapshot}
              actions={actions}
              offer={bestAndLatest(snapshot.list)}
            />
          )}
          <Later after={hasRows}>
            <RecordPages page={page} run={run} snapshot={snapshot} actions={actions} />
          </Later>
        </div>
      </main>
      <StatusLine run={run} task={task} store={store} snapshot={snapshot} />
      <Later after={hasRows}>
        <RunDialogs
          run={run}
          store={store}
          snapshot={snapshot}
          dialog={dialog}
          onClose={actions.close}
          onTrash={actions.trashUnasked}
        />
      </Later>
      <Palette after={hasRows} commands={commands} />
    </div>
  );
});
