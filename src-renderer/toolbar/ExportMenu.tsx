import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { exportShown } from '../commands/export-shown.tsx';
import type { VersionTableModel } from '../table/useVersionTable.ts';
import type { VersionsStore } from '../versions/versions-store.ts';

interface Props {
  store: VersionsStore;
  table: VersionTableModel;
  /** Whether nothing is shown. */
  empty: boolean;
}

/** Writes the list as it is shown to a file. */
export function ExportMenu({ store, table, empty }: Props) {
  const save = (format: 'csv' | 'json') => () => {
    const columns = table.getVisibleLeafColumns().map(({ id }) => id);
    void exportShown(store, columns, format);
  };
  return (
    <Menu
      position="bottom-end"
      shadow="md"
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <Tooltip label="Export the list">
          <ActionIcon aria-label="Export the list" disabled={empty}>
            <IconDownload size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={save('csv')}>CSV: the columns shown…</Menu.Item>
        <Menu.Item onClick={save('json')}>JSON: all that is known…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
