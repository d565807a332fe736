import { IconAlertCircle } from '@tabler/icons-react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { versionLabel } from '../format/format-version.ts';
import { visibleText } from '../format/visible-text.ts';
import { mayBeCopy, useSameAs } from '../versions/useSameAs.ts';

const endKept = 13;
/** A start of fewer letters is never cut: it would be held wider than it is. */
const leastStart = 9;

interface Props {
  row: VersionRow;
  best: string;
}

/** The version's name with its badges; `best` says that it is the best, of what, after ` ·` by which metric, and whether nobody chose that. */
export function VersionCell({ row, best }: Props) {
  const label = versionLabel(row);
  return (
    <>
      <VersionName label={label} />
      {row.is_best && (
        <span className="badge badge-best" data-short={isLong(label) || undefined} title={best}>
          {isLong(label) ? withoutMetric(best) : withoutDefault(best)}
        </span>
      )}
      {row.is_latest && <span className="badge badge-latest">latest</span>}
      <SameAs row={row} />
      {row.problems.length > 0 && (
        <span className="record-problem" title={row.problems.map(visibleText).join('\n')}>
          <IconAlertCircle size={14} stroke={1.75} aria-label="Its record has a problem" />
        </span>
      )}
    </>
  );
}

/** The version that one without a number of its own is another name of. */
function SameAs({ row }: { row: VersionRow }) {
  const [first, ...others] = useSameAs(row, mayBeCopy(row));
  if (first === undefined) return null;
  const title = `Holds the same bytes as ${[first, ...others].map(visibleText).join(', ')}`;
  return (
    <span className="same-as" title={title}>
      same as <bdi>{visibleText(first.slice(first.lastIndexOf('/') + 1))}</bdi>
    </span>
  );
}

function isLong(label: string): boolean {
  return label.length > endKept;
}

/** What a badge beside a long name says; its hover text has the rest. */
function withoutMetric(best: string): string {
  return best.slice(0, best.indexOf(' ·'));
}

/** What it says else: that nobody chose the metric is told above the table too, and would be cut here. */
function withoutDefault(best: string): string {
  return best.replace(/ \(default\)$/, '');
}

/** File names differ at their ends, so a name that is too long for its column gives way in the middle. */
function VersionName({ label }: { label: string }) {
  if (!isLong(label))
    return (
      <bdi className="version-name" data-short>
        {label}
      </bdi>
    );
  const start = label.slice(0, -endKept);
  return (
    <bdi className="version-name">
      <span className="version-name-start" data-brief={start.length < leastStart || undefined}>
        {start}
      </span>
      <span className="version-name-end">{label.slice(-endKept)}</span>
    </bdi>
  );
}
