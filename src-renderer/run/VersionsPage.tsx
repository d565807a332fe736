import { type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { usePreferences } from '../app/usePreferences.ts';
import { ContextMenu } from '../commands/ContextMenu.tsx';
import { MarksPopover } from '../marks/MarksPopover.tsx';
import type { TablePalette } from '../palette/palette-command.ts';
import { tableCommands } from '../palette/table-commands.ts';
import { knownWords } from '../query/known-words.ts';
import { VersionTable } from '../table/VersionTable.tsx';
import { Toolbar } from '../toolbar/Toolbar.tsx';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import { viewsFor } from '../views/saved-views.ts';
import { SortWarnings } from './SortWarnings.tsx';
import type { TableRuns } from './table-runs.ts';
import type { RunActions } from './useRunActions.ts';
import { type Place, useRunTable } from './useRunTable.ts';
import { useTableCommands } from './useTableCommands.ts';
import { showDetails, VersionsDetails } from './VersionsDetails.tsx';

interface Props {
  runs: TableRuns;
  place: Place;
  store: VersionsStore;
  snapshot: VersionsSnapshot;
  actions: RunActions;
  bestOfAll: number | null;
  /** What can be done to all that the table is of. */
  tools: ReactNode;
  /** What stands where rows would be while there are none. */
  notice: ReactNode;
  /** What the details are of while no version is chosen. */
  overview: { title: string; body: ReactNode };
  /** What the palette offers of the table, for as long as it is on the screen. */
  palette: Ref<TablePalette>;
}

/** A table of versions, of one run or of several, and the details of those that are chosen. */
export function VersionsPage({
  runs,
  place,
  store,
  snapshot,
  actions,
  bestOfAll,
  tools,
  notice,
  overview,
  palette,
}: Props) {
  const runTable = useRunTable(store, snapshot, runs, place);
  const scroller = useRef<HTMLDivElement>(null);
  const commands = useTableCommands({
    runs,
    store,
    runTable,
    actions,
    scroller,
    showDetails: () => showDetails(true),
  });
  const { menu, edited } = commands;

  const [viewsOpened, openViews] = useState(false);
  const saved = usePreferences().views;
  useImperativeHandle(
    palette,
    () => () =>
      tableCommands({
        store,
        runTable,
        views: viewsFor(saved, place.views),
        openViews: () => openViews(true),
        knownTags: () => knownWords(snapshot.list).wordsOf('tag'),
        editMarks: () => commands.onEdit('tags'),
      }),
  );

  useLayoutEffect(() => scroller.current?.focus({ preventScroll: true }), []);

  return (
    <div className="versions-page">
      <Toolbar
        views={{ folder: place.views, opened: viewsOpened, onOpened: openViews }}
        store={store}
        snapshot={snapshot}
        runTable={runTable}
        scroller={scroller}
      >
        {tools}
      </Toolbar>
      <SortWarnings runs={runs} layout={runTable.layout} snapshot={snapshot} />
      <div className="run-content">
        <div className="table-area">
          <VersionTable
            store={store}
            snapshot={snapshot}
            table={runTable.table}
            layout={runTable.layout}
            grouping={runTable.grouping}
            runs={runs}
            bestOfAll={bestOfAll}
            scroller={scroller}
            onOpenDetails={() => showDetails(true)}
            onDeed={commands.onDeed}
            onEdit={commands.onEdit}
            onMenu={commands.onMenu}
          />
          {snapshot.shown.length === 0 && notice}
        </div>
        {menu && <ContextMenu menu={menu} onClose={commands.closeMenu} />}
        {edited && <MarksPopover runs={runs} store={store} edited={edited} onClose={commands.closeEdited} />}
        <VersionsDetails
          runs={runs}
          store={store}
          snapshot={snapshot}
          actions={actions}
          overview={overview}
        />
      </div>
    </div>
  );
}
