import { IconAlertCircle } from '@tabler/icons-react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { versionLabel } from '../format/format-version.ts';

const endKept = 13;

interface Props {
  row: VersionRow;
  best: string;
}

/** The version's name with its badges; `best` says by which metric it is the best, and of what. */
export function VersionCell({ row, best }: Props) {
  return (
    <>
      <VersionName label={versionLabel(row)} />
      {row.is_best && (
        <span className="badge badge-best" title={best}>
          {best}
        </span>
      )}
      {row.is_latest && <span className="badge badge-latest">latest</span>}
      {row.problems.length > 0 && (
        <span className="record-problem" title={row.problems.join('\n')}>
          <IconAlertCircle size={14} stroke={1.75} aria-label="Its record has a problem" />
        </span>
      )}
    </>
  );
}

/** File names differ at their ends, so a name that is too long for its column gives way in the middle. */
function VersionName({ label }: { label: string }) {
  if (label.length <= endKept)
    return (
      <bdi className="version-name" data-short>
        {label}
      </bdi>
    );
  return (
    <bdi className="version-name">
      <span className="version-name-start">{label.slice(0, -endKept)}</span>
      <span>{label.slice(-endKept)}</span>
    </bdi>
  );
}
