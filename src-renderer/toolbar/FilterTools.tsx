import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { ConditionsMenu } from '../query/ConditionsMenu.tsx';
import { QueryBox } from '../query/QueryBox.tsx';
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
  const { shown, total, filter, isPartial } = snapshot;
  return (
    <>
      <QueryBox store={store} snapshot={snapshot} onLeave={onLeave} />
      <ConditionsMenu store={store} snapshot={snapshot} />
      {filter.onlyProblems && <ProblemsChip store={store} filter={filter} />}
      {filter.ranges.length > 0 && <RangeChips store={store} filter={filter} />}
      <span className="toolbar-count" role="status">
        {shown.length === total
          ? plural(total, 'version')
          : `${formatCount(shown.length)} of ${formatCount(total)}`}
        {isPartial && ' so far'}
      </span>
      <span className="toolbar-space" />
    </>
  );
}
