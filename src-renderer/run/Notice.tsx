import type { ReactNode } from 'react';

/** What stands where a list would be when it has nothing, why, and what to do about it. */
export function Notice({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="notice" role="status">
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  );
}
