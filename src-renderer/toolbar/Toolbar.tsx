import type { ComponentProps, ReactNode, RefObject } from 'react';
import type { RunTable } from '../run/useRunTable.ts';
import { emptyLayout } from '../table/table-layout.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import { ViewsMenu } from '../views/ViewsMenu.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { DetailsToggle } from './DetailsToggle.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { FilterTools } from './FilterTools.tsx';
import { RowsMenu } from './RowsMenu.tsx';
import './toolbar.css';

interface Props {
  /** The menu of saved views, and what they are kept under: the run's folder, or what stands for several runs. */
  views: Pick<ComponentProps<typeof ViewsMenu>, 'folder' | 'opened' | 'onOpened'>;
  store: VersionsStore;
  snapshot: VersionsSnapshot;
  runTable: RunTable;
  scroller: RefObject<HTMLDivElement | null>;
  /** What can be done to all that the table is of. */
  children: ReactNode;
}

/** Which versions a table shows and how, and what can be done to them all. */
export function Toolbar({ views, store, snapshot, runTable, scroller, children }: Props) {
  return (
    <div className="toolbar" role="toolbar" aria-label="Versions">
      <FilterTools store={store} snapshot={snapshot} onLeave={() => scroller.current?.focus()} />
      <ViewsMenu {...views} store={store} snapshot={snapshot} runTable={runTable} />
      <RowsMenu runTable={runTable} list={snapshot.list} />
      <ExportMenu store={store} table={runTable.table} empty={snapshot.shown.length === 0} />
      <ColumnsMenu table={runTable.table} onReset={() => runTable.changeLayout(() => emptyLayout)} />
      {children}
      <DetailsToggle />
    </div>
  );
}
