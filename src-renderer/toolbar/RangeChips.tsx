import { CloseButton } from '@mantine/core';
import type { RowFilter } from '../versions/filter-rows.ts';
import { type MeasureRange, withRange, wordsWithin } from '../versions/measure.ts';
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

function rangeWords(range: MeasureRange): string {
  const { measure, low, high } = range;
  const { label, format } = measure;
  const words = wordsWithin(range);
  if (words.length > 0) return `${label}: ${words.join(', ')}`;
  const [from, to] = [low, high].map((end) => (typeof end === 'number' ? format(end) : end));
  if (from === null) return `${label} up to ${to}`;
  return to === null ? `${label} from ${from}` : `${label} ${from} to ${to}`;
}
