import { useCallback } from 'react';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { ConditionsMenu } from '../query/ConditionsMenu.tsx';
import { knownWords } from '../query/known-words.ts';
import { QueryBox } from '../query/QueryBox.tsx';
import { useQueryText } from '../query/useQueryText.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import { ProblemsChip } from './ProblemsChip.tsx';
import { RangeChips } from './RangeChips.tsx';
import './toolbar.css';

interface Props {
  store: VersionsStore;
  snapshot: VersionsSnapshot;
  onLeave: () => void;
}

/** Which versions are shown, on every page of the run, and how many those are. */
export function FilterTools({ store, snapshot, onLeave }: Props) {
  const { list, shown, total, filter, fault, isPartial } = snapshot;
  const query = useQueryText({ text: filter.text, fault, isPartial }, (text, typing) =>
    store.setFilter({ ...filter, text, typing }),
  );
  const known = useCallback(() => knownWords(list), [list]);
  return (
    <>
      <QueryBox
        query={query}
        known={known}
        label="Filter versions"
        placeholder="Words, or reward > 0.4 and tag:best"
        onLeave={onLeave}
      />
      <ConditionsMenu store={store} snapshot={snapshot} />
      {filter.onlyProblems && <ProblemsChip store={store} filter={filter} />}
      {filter.ranges.length > 0 && <RangeChips store={store} filter={filter} />}
      <span className="toolbar-count" role="status">
        {shown.length === total
          ? plural(total, 'version')
          : `${formatCount(shown.length)} of ${formatCount(total)}`}
        {query.partly && <span className="toolbar-partly"> · {query.partly}</span>}
      </span>
      <span className="toolbar-space" />
    </>
  );
}
