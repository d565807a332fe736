import { CloseButton } from '@mantine/core';
import type { RowFilter } from '../versions/filter-rows.ts';
import type { VersionsStore } from '../versions/versions-store.ts';

/** Says that only versions with a problem are shown, and ends it. */
export function ProblemsChip({ store, filter }: { store: VersionsStore; filter: RowFilter }) {
  return (
    <span className="problems-chip">
      Problems only
      <CloseButton
        size={18}
        iconSize={12}
        aria-label="Show versions without problems too"
        onClick={() => store.setFilter({ ...filter, onlyProblems: false })}
      />
    </span>
  );
}
