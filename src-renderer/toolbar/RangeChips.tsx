import { CloseButton } from '@mantine/core';
import type { RowFilter } from '../versions/filter-rows.ts';
import { type MeasureRange, withRange } from '../versions/measure.ts';
import type { VersionsStore } from '../versions/versions-store.ts';

/** Says which ranges the versions shown lie in, and ends each. */
export function RangeChips({ store, filter }: { store: VersionsStore; filter: RowFilter }) {
  const end = ({ measure }: MeasureRange) =>
    store.setFilter({ ...filter, ranges: withRange(filter.ranges, { measure, low: null, high: null }) });
  return (
    <span className="range-chips">
      {filter.ranges.map((range) => (
        <span key={range.measure.id} className="range-chip">
          <span title={rangeWords(range)}>{rangeWords(range)}</span>
          <CloseButton
            size={18}
            iconSize={12}
            aria-label={`Show any ${range.measure.label}`}
            onClick={() => end(range)}
          />
        </span>
      ))}
    </span>
  );
}

function rangeWords({ measure: { label, format, words }, low, high }: MeasureRange): string {
  if (words)
    return `${label}: ${words()
      .slice(low ?? 0, (high ?? Number.POSITIVE_INFINITY) + 1)
      .join(', ')}`;
  if (low === null) return `${label} up to ${format(high ?? Number.NaN)}`;
  return high === null ? `${label} from ${format(low)}` : `${label} ${format(low)} to ${format(high)}`;
}
