import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { useState } from 'react';
import { moveBeside } from '../table/table-layout.ts';
import type { VersionTableModel } from '../table/useVersionTable.ts';
import { ColumnItem } from './ColumnItem.tsx';

/** A run may log thousands of metrics; the list shows so many at once and can be searched. */
const listed = 200;
const searchFrom = 12;

interface Props {
  table: VersionTableModel;
  onReset: () => void;
}

/** Shows, hides and moves columns. */
export function ColumnsMenu({ table, onReset }: Props) {
  const [search, setSearch] = useState('');
  const columns = table.getAllLeafColumns();
  const order = columns.map(({ id }) => id);
  const found = columns.filter(({ columnDef }) =>
    columnDef.meta?.column.label.toLowerCase().includes(search.trim().toLowerCase()),
  );
  const move = (id: string, target: string | undefined) =>
    target !== undefined && table.setColumnOrder(moveBeside(order, id, target));
  return (
    <Popover
      position="bottom-end"
      width={280}
      shadow="md"
      trapFocus
      transitionProps={{ duration: 0 }}
      onClose={() => setSearch('')}
    >
      <Popover.Target>
        <Tooltip label="Columns">
          <ActionIcon aria-label="Columns">
            <IconColumns3 size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="columns-menu" aria-label="Columns">
        {columns.length > searchFrom && (
          <TextInput
            size="xs"
            aria-label="Find a column"
            placeholder="Find a column"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        <ul className="columns-list">
          {found.slice(0, listed).map((column) => (
            <ColumnItem
              key={column.id}
              label={column.columnDef.meta?.column.label ?? ''}
              shown={column.getIsVisible()}
              onToggle={(shown) => column.toggleVisibility(shown)}
              onUp={() => move(column.id, order[order.indexOf(column.id) - 1])}
              onDown={() => move(column.id, order[order.indexOf(column.id) + 1])}
            />
          ))}
        </ul>
        {found.length > listed && (
          <p className="columns-more">{found.length - listed} more: type to narrow down</p>
        )}
        <Button variant="subtle" color="gray" fullWidth onClick={onReset}>
          Reset columns and sorting
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
