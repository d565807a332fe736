import type { ReactNode } from 'react';

interface Props {
  /** Whether it is told when it changes. */
  isStatus?: boolean;
  children: ReactNode;
}

/** What a chart says in words, on one line; where it is cut off, all of it is told under the pointer. */
export function ChartSummary({ isStatus = false, children }: Props) {
  return (
    <p
      className="chart-summary"
      role={isStatus ? 'status' : undefined}
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = wordsOf(currentTarget);
      }}
    >
      {children}
    </p>
  );
}

function wordsOf(summary: HTMLElement): string {
  return Array.from(summary.children, ({ textContent }) => textContent?.trim()).join(', ');
}
