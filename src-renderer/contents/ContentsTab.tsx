import { Button, Loader } from '@mantine/core';
import { useEffect } from 'react';
import type { ContentsView } from '../../shared/model/contents-view.ts';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { ContentsSheet } from './ContentsSheet.tsx';
import { type ToOpen, useContents } from './useContents.ts';
import './contents.css';

interface Props extends ToOpen {
  /** Whether the folder of the file is there; once it is back, what could not be read is tried again. */
  isThere?: boolean;
  /** Told what is in the file, once it was looked into. */
  onLooked?: (view: ContentsView) => void;
}

/** What is inside a file, read when this is shown. */
export function ContentsTab({ onLooked, isThere = true, ...file }: Props) {
  const { opened, failure, again } = useContents(file);
  useEffect(() => {
    if (opened) onLooked?.(opened.view);
  }, [opened, onLooked]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only that the folder came back is a reason
  useEffect(() => {
    if (isThere && failure) again();
  }, [isThere]);
  if (failure)
    return (
      <div className="contents-failure">
        <DialogFailure failure={failure} />
        <Button size="xs" variant="default" onClick={again}>
          Try again
        </Button>
      </div>
    );
  if (opened) return <ContentsSheet key={opened.contentsId} opened={opened} />;
  return (
    <p className="contents-wait" role="status">
      <Loader size={16} /> Reading the file…
    </p>
  );
}
