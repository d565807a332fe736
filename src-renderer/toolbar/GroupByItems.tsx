import { Menu } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RunTable } from '../run/useRunTable.ts';
import { byFewness } from '../table/few-values.ts';
import { type Grouping, groupingsFor } from '../table/groupings.ts';
import type { VersionList } from '../versions/version-list.ts';
import { groupedWords } from './grouped-words.ts';

/** A run may log thousands of metrics; the menu shows so many at once and can be searched. */
const listed = 100;
const searchFrom = 12;

interface Props {
  runTable: RunTable;
  list: VersionList;
}

/** What rows can be grouped by: every column there is, those that make few groups first. */
export function GroupByItems({ runTable, list }: Props) {
  const { columns, grouping, changeLayout } = runTable;
  const [search, setSearch] = useState('');
  const all = useMemo(() => groupingsFor(columns), [columns]);
  const { few, other } = useMemo(() => byFewness(list, all), [list, all]);
  const wanted = search.trim().toLowerCase();
  const matching = (groupings: readonly Grouping[]) =>
    groupings.filter(({ label }) => label.toLowerCase().includes(wanted));
  const [first, rest] = [matching(few), matching(other)];
  const shownRest = rest.slice(0, Math.max(0, listed - first.length));
  const hint = groupedWords(grouping, list.groupStep);
  return (
    <>
      <Menu.Label id="group-by">Group by</Menu.Label>
      {all.length > searchFrom && (
        <Menu.Search
          aria-label="Find what to group by"
          placeholder="Find a column"
          clearSearchOnClose={false}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <div className="group-by-items">
        <Menu.RadioGroup
          aria-labelledby="group-by"
          value={grouping?.id ?? ''}
          onChange={(group) => changeLayout((old) => ({ ...old, group: group || null }))}
        >
          {wanted === '' && <Menu.RadioItem value="">Nothing</Menu.RadioItem>}
          {first.map(itemOf)}
          {shownRest.length > 0 && <Menu.Label>One value, or very many</Menu.Label>}
          {shownRest.map(itemOf)}
        </Menu.RadioGroup>
      </div>
      {first.length + rest.length === 0 && <p className="rows-hint">No column is called that.</p>}
      {shownRest.length < rest.length && (
        <p className="rows-hint">{rest.length - shownRest.length} more: type to find them</p>
      )}
      {hint && (
        <p className="rows-hint" role="status">
          {hint}
        </p>
      )}
    </>
  );
}

function itemOf({ id, label }: Grouping) {
  return (
    <Menu.RadioItem key={id} value={id}>
      {label}
    </Menu.RadioItem>
  );
}
