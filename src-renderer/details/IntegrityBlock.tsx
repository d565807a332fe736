import type { ReactNode } from 'react';
import { isProblem } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { TimeText } from '../format/TimeText.tsx';
import { visibleText } from '../format/visible-text.ts';
import { IntegrityMark } from '../table/IntegrityMark.tsx';
import { integritySentence } from '../table/integrity-words.ts';

/** What is known of the file's bytes, in a sentence; for a mismatch both checksums. */
export function IntegrityBlock({
  row: { integrity, problems },
  inFile = [],
  children,
}: {
  row: Pick<VersionRow, 'integrity' | 'problems'>;
  /** What is wrong in the file, where somebody looked into it. */
  inFile?: readonly string[];
  /** What can be done about it. */
  children?: ReactNode;
}) {
  const { state, expected, actual, checked_at: checkedAt } = integrity;
  return (
    <section
      className="integrity-block"
      data-state={state}
      data-damaged={(inFile.length > 0 && !isProblem(state)) || undefined}
      aria-label="Integrity"
    >
      <div className="integrity-line">
        <IntegrityMark state={state} cause={integrity.cause} />
        {checkedAt !== null && (
          <span className="checked-at">
            checked <TimeText at={checkedAt} />
          </span>
        )}
      </div>
      <p>{visibleText(integritySentence(integrity))}</p>
      {actual !== null && expected !== null && actual !== expected && (
        <dl className="checksums">
          <dt>On record</dt>
          <dd>{expected}</dd>
          <dt>In the file</dt>
          <dd>{actual}</dd>
        </dl>
      )}
      {[...new Set([...problems, ...inFile])]
        .filter((problem) => problem !== integrity.detail)
        .map((problem) => (
          <p key={problem}>{visibleText(problem)}</p>
        ))}
      {children}
    </section>
  );
}
