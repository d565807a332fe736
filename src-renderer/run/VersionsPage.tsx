import { useLayoutEffect, useRef } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import { ContextMenu } from '../commands/ContextMenu.tsx';
import { MarksPopover } from '../marks/MarksPopover.tsx';
import { VersionTable } from '../table/VersionTable.tsx';
import { Toolbar } from '../toolbar/Toolbar.tsx';
import { showAll } from '../versions/filter-rows.ts';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import { RunDetails, showDetails } from './RunDetails.tsx';
import { RunNotice } from './RunNotice.tsx';
import type { RunActions } from './useRunActions.ts';
import { useRunTable } from './useRunTable.ts';
import { useTableCommands } from './useTableCommands.ts';

interface Props {
  run: RunSummary;
  task: Task | null;
  store: RunStore;
  snapshot: RunSnapshot;
  actions: RunActions;
}

/** The table of a run's versions, and the details of those that are chosen. */
export function VersionsPage({ run, task, store, snapshot, actions }: Props) {
  const runTable = useRunTable(store, snapshot, run);
  const scroller = useRef<HTMLDivElement>(null);
  const commands = useTableCommands({
    run,
    store,
    runTable,
    actions,
    scroller,
    showDetails: () => showDetails(true),
  });
  const { menu, edited } = commands;

  useLayoutEffect(() => scroller.current?.focus({ preventScroll: true }), []);

  return (
    <div className="versions-page">
      <Toolbar
        run={run}
        task={task}
        store={store}
        snapshot={snapshot}
        runTable={runTable}
        scroller={scroller}
        actions={actions}
      />
      <div className="run-content">
        <div className="table-area">
          <VersionTable
            store={store}
            snapshot={snapshot}
            table={runTable.table}
            layout={runTable.layout}
            grouping={runTable.grouping}
            metric={run.metric}
            scroller={scroller}
            onOpenDetails={() => showDetails(true)}
            onDeed={commands.onDeed}
            onEdit={commands.onEdit}
            onMenu={commands.onMenu}
            onEscape={() => store.setFilter(showAll)}
          />
          <RunNotice run={run} store={store} snapshot={snapshot} />
        </div>
        {menu && <ContextMenu menu={menu} onClose={commands.closeMenu} />}
        {edited && <MarksPopover store={store} edited={edited} onClose={commands.closeEdited} />}
        <RunDetails run={run} store={store} snapshot={snapshot} actions={actions} />
      </div>
    </div>
  );
}
