import type { ReactNode } from 'react';

/** What stands where a chart would be when there is nothing to draw. */
export function ChartNotice({ children }: { children: ReactNode }) {
  return (
    <div className="chart-notice" role="status">
      <p>{children}</p>
    </div>
  );
}
