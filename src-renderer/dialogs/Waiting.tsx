import { Loader } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  waiting: boolean;
  /** What is being waited for, while there is nothing to show. */
  words: string;
  children: ReactNode;
}

/** What a dialog has found out, or that it is still at it. */
export function Waiting({ waiting, words, children }: Props) {
  return (
    <p className="dialog-summary" role="status">
      {waiting && <Loader size={14} />}
      <span>{children ?? (waiting && words)}</span>
    </p>
  );
}
