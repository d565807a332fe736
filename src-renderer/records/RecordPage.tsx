import type { ReactNode } from 'react';
import './record-page.css';

interface Props {
  /** What the buttons at the top are about, for who cannot see the page. */
  label: string;
  /** How much there is, beside the buttons. */
  sum: ReactNode;
  tools?: ReactNode;
  /** What must be told above the list. */
  warning?: ReactNode;
  /** The list, or what stands in its place. */
  children: ReactNode;
  /** The current record; null where none is. */
  details?: ReactNode;
}

/** A page of a run that lists records of it: what can be done to them at the top, the current one at the side. */
export function RecordPage({ label, sum, tools, warning, children, details }: Props) {
  return (
    <div className="record-page">
      <div className="record-tools" role="toolbar" aria-label={label}>
        <span className="record-sum" role="status">
          {sum}
        </span>
        {tools}
      </div>
      {warning}
      <div className="record-content">
        <div className="record-list">{children}</div>
        {details && (
          <aside className="record-details" aria-label="Details">
            {details}
          </aside>
        )}
      </div>
    </div>
  );
}
