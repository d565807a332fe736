import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { revealWritten } from './show-written.tsx';

interface Props {
  writtenId: string;
  children: ReactNode;
}

/** What was written, and the way to where it is. */
export function WrittenSummary({ writtenId, children }: Props) {
  return (
    <p className="dialog-summary" role="status">
      <span>{children}</span>
      <Button size="compact-xs" variant="default" onClick={() => revealWritten(writtenId)}>
        Show in folder
      </Button>
    </p>
  );
}
