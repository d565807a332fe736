import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RunTable } from '../run/useRunTable.ts';
import { byFewness } from '../table/few-values.ts';
import { type Grouping, groupingsFor } from '../table/groupings.ts';
import type { VersionList } from '../versions/version-list.ts';
import { groupedWords } from './grouped-words.ts';
import { RadioList } from './RadioList.tsx';

/** A run may log thousands of metrics; the list shows so many at once and can be searched. */
const listed = 100;
const searchFrom = 12;

interface Props {
  runTable: RunTable;
  list: VersionList;
}

/** What rows can be grouped by: every column there is, those that make few groups first. */
export function GroupByField({ runTable, list }: Props) {
  const { columns, grouping, changeLayout } = runTable;
  const [search, setSearch] = useState('');
  const all = useMemo(() => groupingsFor(columns), [columns]);
  const { few, other } = useMemo(() => byFewness(list, all), [list, all]);
  const wanted = search.trim().toLowerCase();
  const matching = (groupings: readonly Grouping[]) =>
    groupings.filter(({ label }) => label.toLowerCase().includes(wanted)).map(choiceOf);
  const [first, rest] = [matching(few), matching(other)];
  const shown = rest.slice(0, Math.max(0, listed - first.length));
  const nothing = wanted === '' ? [{ value: '', label: 'Nothing' }] : [];
  const hint = groupedWords(grouping, list.groupStep);
  return (
    <>
      <RadioList
        className="group-by-list"
        label="Group by"
        search={
          all.length > searchFrom && (
            <TextInput
              size="xs"
              aria-label="Find what to group by"
              placeholder="Find a column"
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )
        }
        sections={[{ choices: [...nothing, ...first] }, { title: 'One value, or too many', choices: shown }]}
        value={grouping?.id ?? ''}
        onChange={(group) => changeLayout((old) => ({ ...old, group: group || null }))}
      />
      {first.length + rest.length === 0 && <p className="rows-hint">No such column.</p>}
      {shown.length < rest.length && (
        <p className="rows-hint">{rest.length - shown.length} more: type to narrow down</p>
      )}
      {hint && (
        <p className="rows-hint" role="status">
          {hint}
        </p>
      )}
    </>
  );
}

function choiceOf({ id, label }: Grouping) {
  return { value: id, label };
}
