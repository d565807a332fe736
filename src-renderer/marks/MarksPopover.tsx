import { Popover } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { nameVersions } from '../format/format-version.ts';
import type { TableRuns } from '../run/table-runs.ts';
import { rowOf, type VersionsStore } from '../versions/versions-store.ts';
import { MarksFields } from './MarksFields.tsx';
import './marks.css';

/** What is edited, and where in the window that stands. */
export interface MarksEdited {
  handles: readonly number[];
  field: 'tags' | 'notes';
  /** Pixels of the window. */
  at: { left: number; top: number; width: number; height: number };
}

interface Props {
  runs: TableRuns;
  store: VersionsStore;
  edited: MarksEdited;
  onClose: () => void;
}

/** Tags and note of versions, edited where they stand in the table. */
export function MarksPopover({ runs, store, edited: { handles, field, at }, onClose }: Props) {
  const rows = handles.flatMap((handle) => rowOf(store.snapshot(), handle) ?? []);
  const { left, top, width, height } = at;
  // After the fields have seen it: what is being written is then left as it was.
  const leave = ({ key }: KeyboardEvent) => key === 'Escape' && onClose();
  return (
    <Popover
      opened
      onChange={(opened) => opened || onClose()}
      position="bottom-start"
      offset={2}
      width={400}
      shadow="md"
      trapFocus
      closeOnEscape={false}
      returnFocus={false}
      clickOutsideEvents={['mousedown', 'touchstart']}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button
          type="button"
          className="marks-place"
          tabIndex={-1}
          aria-label={`Tags and note of ${nameVersions(rows)}`}
          style={{ left, top, width, height }}
        />
      </Popover.Target>
      <Popover.Dropdown className="marks" onKeyDown={leave}>
        <MarksFields store={store} rows={rows} runs={runs} autoFocus={field} onDone={onClose} />
      </Popover.Dropdown>
    </Popover>
  );
}
