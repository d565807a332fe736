import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { useRef } from 'react';
import { usePreferences } from '../app/usePreferences.ts';
import type { RunTable } from '../run/useRunTable.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import { changeViews, deleteView } from './change-views.ts';
import { SaveViewForm } from './SaveViewForm.tsx';
import {
  isNarrowed,
  isShown,
  isTaken,
  renameView,
  type SavedView,
  viewsFor,
  withView,
} from './saved-views.ts';
import { showView } from './show-view.ts';
import { ViewItem } from './ViewItem.tsx';
import './views.css';

interface Props {
  /** The folder of the run, or what stands for several runs. */
  folder: string;
  store: VersionsStore;
  snapshot: VersionsSnapshot;
  runTable: RunTable;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

/** Queries and layouts that were saved, for this run or for all: choose, save, rename, delete. */
export function ViewsMenu(props: Props) {
  const { folder, store, snapshot, runTable, opened, onOpened } = props;
  const { filter } = snapshot;
  const dropdown = useRef<HTMLDivElement>(null);
  const views = viewsFor(usePreferences().views, folder);
  const { layout } = runTable;
  const show = (view: SavedView) => {
    showView(store, runTable, view);
    onOpened(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={onOpened}
      position="bottom-end"
      width={300}
      shadow="md"
      trapFocus
      returnFocus
      // The popover's own way would not leave Esc to a name that is being changed.
      closeOnEscape={false}
      clickOutsideEvents={['mousedown', 'touchstart']}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Tooltip label="Saved views">
          <ActionIcon aria-label="Saved views" onClick={() => onOpened(!opened)}>
            <IconBookmark size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown
        ref={dropdown}
        className="views-menu"
        aria-label="Saved views"
        onKeyDown={({ key }) => {
          if (key === 'Escape') onOpened(false);
        }}
      >
        {views.length === 0 && (
          <p className="views-hint">
            A view keeps the query, the columns, the order and the grouping under a name.
          </p>
        )}
        <ul className="views-list">
          {views.map((view) => (
            <ViewItem
              key={JSON.stringify([view.folder, view.name])}
              view={view}
              shown={isShown(view, filter, layout)}
              onShow={() => show(view)}
              isTaken={(name) => isTaken(views, { ...view, name })}
              onRename={(name) => changeViews((all) => renameView(all, view, name))}
              onDelete={() => deleteView(view)}
              onDone={() => dropdown.current?.focus()}
            />
          ))}
        </ul>
        <SaveViewForm
          isTaken={(name, forAll) => isTaken(views, { name, folder: forAll ? null : folder })}
          isNarrowed={isNarrowed(filter)}
          onSave={(name, forAll) =>
            changeViews((all) =>
              withView(all, { name, folder: forAll ? null : folder, query: filter.text, layout }),
            )
          }
        />
      </Popover.Dropdown>
    </Popover>
  );
}
