import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { nextStep } from '../../shared/failure.ts';
import type { Answer } from '../dialogs/useAnswer.ts';
import { visibleText } from '../format/visible-text.ts';
import { Notice } from '../run/Notice.tsx';

interface Props<T> {
  answer: Answer<T>;
  /** What cannot be read when it fails: "The trash". */
  what: string;
  empty: boolean;
  /** Stands where the list would be when there is nothing in it. */
  nothing: ReactNode;
  children: ReactNode;
}

/** A list of records, or why there is none to show. */
export function RecordBody<T>({ answer, what, empty, nothing, children }: Props<T>) {
  const { value, failure, waiting, askAgain } = answer;
  if (failure)
    return (
      <Notice title={`${what} cannot be read`} action={<Button onClick={askAgain}>Try again</Button>}>
        {visibleText(failure.message)} {nextStep(failure.code)}
      </Notice>
    );
  if (value === null)
    return (
      waiting && (
        <div className="notice notice-late" role="status">
          <Loader size={22} />
          <p>Reading…</p>
        </div>
      )
    );
  return empty ? nothing : children;
}
