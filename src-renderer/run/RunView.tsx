import { lazy, Suspense, useEffect } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import { visibleText } from '../format/visible-text.ts';
import { useRunSnapshot, useSession } from '../session/useSession.ts';
import { StatusLine } from '../status/StatusLine.tsx';
import { TabStrip } from '../tabs/TabStrip.tsx';
import { RunHeader } from './RunHeader.tsx';
import { runPages, useRunActions } from './useRunActions.ts';
import { VersionsPage } from './VersionsPage.tsx';
import './run-view.css';

/** Read when somebody first asks for a chart. */
const ChartsPage = lazy(async () => ({ default: (await import('../charts/ChartsPage.tsx')).ChartsPage }));
/** Read once the rows are there: nothing of it is needed to show them. */
const RunDialogs = lazy(async () => ({ default: (await import('./RunDialogs.tsx')).RunDialogs }));

interface Props {
  run: RunSummary;
  task: Task | null;
}

/** One open run: the page of it that is shown, and what is going on. */
export function RunView({ run, task }: Props) {
  const session = useSession();
  const store = session.storeOf(run.runId);
  const snapshot = useRunSnapshot(store);
  const { page, dialog, actions } = useRunActions(store);

  useEffect(() => {
    document.title = `${visibleText(run.name)} – Cairn`;
    return () => {
      document.title = 'Cairn';
    };
  }, [run.name]);

  return (
    <div className="run-view">
      <main className="run-main">
        <RunHeader run={run} />
        <TabStrip name="run" label="Pages of this run" tabs={runPages} value={page} onChange={actions.show} />
        <div id="run-panel" className="run-panel" role="tabpanel" aria-labelledby={`run-tab-${page}`}>
          {page === 'versions' && (
            <VersionsPage run={run} task={task} store={store} snapshot={snapshot} actions={actions} />
          )}
          <Suspense>
            {page === 'charts' && (
              <ChartsPage run={run} store={store} snapshot={snapshot} actions={actions} />
            )}
          </Suspense>
        </div>
      </main>
      <StatusLine
        run={run}
        task={task}
        store={store}
        snapshot={snapshot}
        onTrash={() => actions.open('trash')}
      />
      <Suspense>
        <RunDialogs run={run} snapshot={snapshot} dialog={dialog} onClose={actions.close} />
      </Suspense>
    </div>
  );
}
