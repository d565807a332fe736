import { lazy, Suspense, useDeferredValue, useEffect, useLayoutEffect, useRef } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import { changePreferences, usePreferences } from '../app/usePreferences.ts';
import { DetailsPanel } from '../details/DetailsPanel.tsx';
import { visibleText } from '../format/visible-text.ts';
import { useRunSnapshot, useSession } from '../session/useSession.ts';
import { StatusLine } from '../status/StatusLine.tsx';
import { bestBadge } from '../table/columns.ts';
import { VersionTable } from '../table/VersionTable.tsx';
import { Toolbar } from '../toolbar/Toolbar.tsx';
import { showAll } from '../versions/filter-rows.ts';
import { rowOf } from '../versions/run-store.ts';
import { RunHeader } from './RunHeader.tsx';
import { RunNotice } from './RunNotice.tsx';
import { useRunActions } from './useRunActions.ts';
import { useRunTable } from './useRunTable.ts';
import './run-view.css';

/** Read once the rows are there: nothing of it is needed to show them. */
const RunDialogs = lazy(async () => ({ default: (await import('./RunDialogs.tsx')).RunDialogs }));

interface Props {
  run: RunSummary;
  task: Task | null;
}

/** One open run: its table, the details of the selected version, and what is going on. */
export function RunView({ run, task }: Props) {
  const session = useSession();
  const store = session.storeOf(run.runId);
  const snapshot = useRunSnapshot(store);
  const { detailsOpen } = usePreferences();
  const { table, resetLayout } = useRunTable(store, snapshot, run);
  const scroller = useRef<HTMLDivElement>(null);
  const { dialog, actions } = useRunActions(store);
  const row = useDeferredValue(rowOf(snapshot, snapshot.selected));

  useLayoutEffect(() => scroller.current?.focus({ preventScroll: true }), []);
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
        <Toolbar
          run={run}
          task={task}
          store={store}
          snapshot={snapshot}
          table={table}
          scroller={scroller}
          actions={actions}
          onResetLayout={resetLayout}
        />
        <div className="run-content">
          <div className="table-area">
            <VersionTable
              store={store}
              snapshot={snapshot}
              table={table}
              best={bestBadge(run.metric)}
              scroller={scroller}
              onOpenDetails={() => showDetails(true)}
              onCompare={(selected, other) =>
                actions.open('compare', snapshot.list.get(selected), snapshot.list.get(other))
              }
              onDelete={(version) => run.readOnly || actions.trash(version)}
              onEscape={() => store.setFilter(showAll)}
            />
            <RunNotice run={run} store={store} snapshot={snapshot} />
          </div>
          {detailsOpen && (
            <DetailsPanel
              run={run}
              row={row}
              store={store}
              snapshot={snapshot}
              actions={actions}
              onClose={() => showDetails(false)}
            />
          )}
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

function showDetails(detailsOpen: boolean): void {
  changePreferences((preferences) => ({ ...preferences, detailsOpen }));
}
