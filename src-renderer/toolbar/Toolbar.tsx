import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import type { RunActions } from '../run/useRunActions.ts';
import type { RunTable } from '../run/useRunTable.ts';
import { useSession } from '../session/useSession.ts';
import { emptyLayout } from '../table/table-layout.ts';
import { VerifyMenu } from '../verify/VerifyMenu.tsx';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import { ViewsMenu } from '../views/ViewsMenu.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { DetailsToggle } from './DetailsToggle.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { FilterTools } from './FilterTools.tsx';
import { RowsMenu } from './RowsMenu.tsx';
import { WritingTools } from './WritingTools.tsx';
import './toolbar.css';

interface Props {
  run: RunSummary;
  task: Task | null;
  store: RunStore;
  snapshot: RunSnapshot;
  runTable: RunTable;
  scroller: RefObject<HTMLDivElement | null>;
  actions: RunActions;
}

export function Toolbar({ run, task, store, snapshot, runTable, scroller, actions }: Props) {
  const session = useSession();
  const { shown, total } = snapshot;
  return (
    <div className="toolbar" role="toolbar" aria-label="Versions">
      <FilterTools store={store} snapshot={snapshot} onLeave={() => scroller.current?.focus()} />
      <ViewsMenu run={run} store={store} snapshot={snapshot} runTable={runTable} />
      <RowsMenu runTable={runTable} list={snapshot.list} />
      <ExportMenu store={store} table={runTable.table} empty={shown.length === 0} />
      <ColumnsMenu table={runTable.table} onReset={() => runTable.changeLayout(() => emptyLayout)} />
      <Button
        leftSection={<IconShieldCheck size={16} stroke={1.75} />}
        disabled={task?.state === 'running' || total === 0}
        onClick={() => void session.verify(run.runId)}
      >
        Verify run
      </Button>
      <VerifyMenu run={run} actions={actions} />
      <WritingTools readOnly={run.readOnly} empty={total === 0} actions={actions} />
      <DetailsToggle />
    </div>
  );
}
