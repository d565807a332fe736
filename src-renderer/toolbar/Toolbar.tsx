import { Button } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { useSession } from '../session/useSession.ts';
import type { VersionTableModel } from '../table/useVersionTable.ts';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { DetailsToggle } from './DetailsToggle.tsx';
import { FilterTools } from './FilterTools.tsx';
import { WritingTools } from './WritingTools.tsx';
import './toolbar.css';

interface Props {
  run: RunSummary;
  task: Task | null;
  store: RunStore;
  snapshot: RunSnapshot;
  table: VersionTableModel;
  scroller: RefObject<HTMLDivElement | null>;
  actions: RunActions;
  onResetLayout: () => void;
}

export function Toolbar({ run, task, store, snapshot, table, scroller, actions, onResetLayout }: Props) {
  const session = useSession();
  const { total } = snapshot;
  return (
    <div className="toolbar" role="toolbar" aria-label="Versions">
      <FilterTools store={store} snapshot={snapshot} onLeave={() => scroller.current?.focus()} />
      <ColumnsMenu table={table} onReset={onResetLayout} />
      <Button
        leftSection={<IconShieldCheck size={16} stroke={1.75} />}
        disabled={task?.state === 'running' || total === 0}
        onClick={() => void session.verifyRun(run.runId)}
      >
        Verify run
      </Button>
      <WritingTools readOnly={run.readOnly} empty={total === 0} actions={actions} />
      <DetailsToggle />
    </div>
  );
}
