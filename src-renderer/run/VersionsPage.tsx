import { useLayoutEffect, useRef } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import { bestBadge } from '../table/columns.ts';
import { VersionTable } from '../table/VersionTable.tsx';
import { Toolbar } from '../toolbar/Toolbar.tsx';
import { showAll } from '../versions/filter-rows.ts';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import { RunDetails, showDetails } from './RunDetails.tsx';
import { RunNotice } from './RunNotice.tsx';
import type { RunActions } from './useRunActions.ts';
import { useRunTable } from './useRunTable.ts';

interface Props {
  run: RunSummary;
  task: Task | null;
  store: RunStore;
  snapshot: RunSnapshot;
  actions: RunActions;
}

/** The table of a run's versions, and the details of those that are chosen. */
export function VersionsPage({ run, task, store, snapshot, actions }: Props) {
  const { table, resetLayout } = useRunTable(store, snapshot, run);
  const scroller = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => scroller.current?.focus({ preventScroll: true }), []);

  return (
    <div className="versions-page">
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
            onDelete={(doomed) => run.readOnly || actions.trash(doomed)}
            onEscape={() => store.setFilter(showAll)}
          />
          <RunNotice run={run} store={store} snapshot={snapshot} />
        </div>
        <RunDetails run={run} store={store} snapshot={snapshot} actions={actions} />
      </div>
    </div>
  );
}
