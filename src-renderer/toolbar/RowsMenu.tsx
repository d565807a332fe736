import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import type { RunTable } from '../run/useRunTable.ts';
import { type Density, densities } from '../table/geometry.ts';
import { type GroupSummary, groupSummaries, type TableLayout } from '../table/table-layout.ts';
import type { VersionList } from '../versions/version-list.ts';
import { GroupByItems } from './GroupByItems.tsx';

const densityWords: Record<Density, string> = { compact: 'Compact', normal: 'Normal', roomy: 'Roomy' };
const summaryWords: Record<GroupSummary, string> = {
  mean: 'Mean',
  min: 'Least',
  max: 'Greatest',
  best: 'Of the best version',
  last: 'Of the newest version',
};

interface Props {
  runTable: RunTable;
  list: VersionList;
}

/** How rows are grouped, what the headings of groups say of numbers, and how high rows are. */
export function RowsMenu({ runTable, list }: Props) {
  const { layout, grouping, changeLayout } = runTable;
  const set = (change: Partial<TableLayout>) => changeLayout((old) => ({ ...old, ...change }));
  return (
    <Menu
      position="bottom-end"
      shadow="md"
      closeOnItemClick={false}
      withInitialFocusPlaceholder={false}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <Tooltip label="Groups and row height">
          <ActionIcon aria-label="Groups and row height" data-active={grouping !== null || undefined}>
            <IconStack2 size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown className="rows-menu">
        <GroupByItems runTable={runTable} list={list} />
        <Menu.Divider />
        <Menu.Label id="group-summary">Numbers of a group</Menu.Label>
        <Menu.RadioGroup
          aria-labelledby="group-summary"
          value={layout.summary}
          onChange={(summary) => set({ summary: summary as GroupSummary })}
        >
          {groupSummaries.map((summary) => (
            <Menu.RadioItem key={summary} value={summary}>
              {summaryWords[summary]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label id="row-height">Row height</Menu.Label>
        <Menu.RadioGroup
          aria-labelledby="row-height"
          value={layout.density}
          onChange={(density) => set({ density: density as Density })}
        >
          {densities.map((density) => (
            <Menu.RadioItem key={density} value={density}>
              {densityWords[density]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
