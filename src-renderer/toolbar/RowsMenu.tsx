import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import type { RunTable } from '../run/useRunTable.ts';
import { densities } from '../table/geometry.ts';
import { groupSummaries, type TableLayout } from '../table/table-layout.ts';
import type { VersionList } from '../versions/version-list.ts';
import { GroupByField } from './GroupByField.tsx';
import { RadioList } from './RadioList.tsx';
import { densityWords, summaryWords } from './row-words.ts';

interface Props {
  runTable: RunTable;
  list: VersionList;
}

/** How rows are grouped, what the headings of groups say of numbers, and how high rows are. */
export function RowsMenu({ runTable, list }: Props) {
  const { layout, grouping, changeLayout } = runTable;
  const set = (change: Partial<TableLayout>) => changeLayout((old) => ({ ...old, ...change }));
  return (
    <Popover
      position="bottom-end"
      width={400}
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Tooltip label="Groups and row height">
          <ActionIcon aria-label="Groups and row height" data-active={grouping !== null || undefined}>
            <IconStack2 size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className="rows-menu" aria-label="Groups and row height">
        <div className="rows-groups">
          <GroupByField runTable={runTable} list={list} />
        </div>
        <div>
          <RadioList
            label="Group values"
            sections={[{ choices: groupSummaries.map((value) => ({ value, label: summaryWords[value] })) }]}
            value={layout.summary}
            onChange={(summary) => set({ summary })}
          />
          <RadioList
            label="Row height"
            sections={[{ choices: densities.map((value) => ({ value, label: densityWords[value] })) }]}
            value={layout.density}
            onChange={(density) => set({ density })}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
