import type { ReactElement, ReactNode, Ref } from 'react';
import './plain-table.css';

interface Props {
  label: string;
  /** For what only this one has. */
  className?: string;
  ref?: Ref<HTMLElement>;
  head: ReactNode;
  /** Bodies of the table. */
  children: ReactNode;
}

/** A table that scrolls by itself, with the keyboard too. */
export function PlainTable({ label, className = '', ref, head, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section className="plain-table-scroll" ref={ref} tabIndex={0} aria-label={label}>
      <table className={`plain-table ${className}`}>
        <thead>
          <tr>{head}</tr>
        </thead>
        {children}
      </table>
    </section>
  );
}

/** Heads of columns: of texts, or of numbers. */
export function headCells(...columns: (string | { number: string })[]): ReactElement[] {
  return columns.map((column) => {
    const isText = typeof column === 'string';
    const title = isText ? column : column.number;
    return (
      <th key={title} scope="col" className={isText ? undefined : 'number'}>
        {title}
      </th>
    );
  });
}
