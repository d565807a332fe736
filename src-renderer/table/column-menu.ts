import type { MenuEntry, OpenMenu } from '../commands/ContextMenu.tsx';
import type { RunTable } from '../run/useRunTable.ts';
import { groupingOfColumn } from './groupings.ts';

/** What can be done with a column. */
export function columnMenu(runTable: RunTable, id: string, at: OpenMenu['at']): OpenMenu | null {
  const { table, layout, changeLayout } = runTable;
  const column = table.getColumn(id);
  const label = column?.columnDef.meta?.column.label;
  if (!column || label === undefined) return null;
  const isPinned = layout.pinned.includes(id);
  const sorted = column.getIsSorted();
  const sort = (desc: boolean) => () => changeLayout((old) => ({ ...old, sort: { id, desc } }));
  const sorting: MenuEntry[] = [
    { label: 'Sort ascending', disabled: sorted === 'asc', run: sort(false) },
    { label: 'Sort descending', disabled: sorted === 'desc', run: sort(true) },
    {
      label: 'Clear sorting',
      disabled: !sorted,
      run: () => changeLayout((old) => ({ ...old, sort: null })),
    },
  ];
  const placing: MenuEntry[] = [
    {
      label: isPinned ? 'Unpin column' : 'Pin column at the left',
      run: () =>
        changeLayout((old) => ({
          ...old,
          pinned: isPinned ? old.pinned.filter((each) => each !== id) : [...old.pinned, id],
        })),
    },
    { label: 'Hide column', run: () => column.toggleVisibility(false) },
  ];
  return {
    label: `Column ${label}`,
    at,
    sections: [sorting, placing, groupEntries(id, label, runTable)],
  };
}

function groupEntries(id: string, label: string, { columns, layout, changeLayout }: RunTable): MenuEntry[] {
  const grouping = groupingOfColumn(id, columns);
  if (!grouping) return [];
  const isGrouped = layout.group === grouping.id;
  const what = grouping.id === id ? label : grouping.label;
  return [
    {
      label: isGrouped ? 'Ungroup' : `Group by ${what.toLowerCase()}`,
      run: () => changeLayout((old) => ({ ...old, group: isGrouped ? null : grouping.id })),
    },
  ];
}
