import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconLayoutSidebarRight, IconShieldCheck } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { Task } from '../../shared/model/task.ts';
import { changePreferences, usePreferences } from '../app/usePreferences.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { ConditionsMenu } from '../query/ConditionsMenu.tsx';
import { QueryBox } from '../query/QueryBox.tsx';
import type { RunActions } from '../run/useRunActions.ts';
import type { RunTable } from '../run/useRunTable.ts';
import { useSession } from '../session/useSession.ts';
import { emptyLayout } from '../table/table-layout.ts';
import { VerifyMenu } from '../verify/VerifyMenu.tsx';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import { ViewsMenu } from '../views/ViewsMenu.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { ProblemsChip } from './ProblemsChip.tsx';
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
  const { detailsOpen } = usePreferences();
  const { shown, total, filter, isPartial } = snapshot;
  const toggleDetails = () =>
    changePreferences((preferences) => ({ ...preferences, detailsOpen: !preferences.detailsOpen }));
  return (
    <div className="toolbar" role="toolbar" aria-label="Versions">
      <QueryBox store={store} snapshot={snapshot} onLeave={() => scroller.current?.focus()} />
      <ConditionsMenu store={store} snapshot={snapshot} />
      {filter.onlyProblems && <ProblemsChip store={store} filter={filter} />}
      <span className="toolbar-count" role="status">
        {shown.length === total
          ? plural(total, 'version')
          : `${formatCount(shown.length)} of ${formatCount(total)}`}
        {isPartial && ' so far'}
      </span>
      <span className="toolbar-space" />
      <ViewsMenu run={run} store={store} snapshot={snapshot} runTable={runTable} />
      <RowsMenu layout={runTable.layout} changeLayout={runTable.changeLayout} />
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
      <Tooltip label={detailsOpen ? 'Hide details' : 'Show details'}>
        <ActionIcon
          aria-label={detailsOpen ? 'Hide details' : 'Show details'}
          aria-pressed={detailsOpen}
          onClick={toggleDetails}
        >
          <IconLayoutSidebarRight size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
