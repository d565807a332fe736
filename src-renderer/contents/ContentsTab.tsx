import { Loader } from '@mantine/core';
import { useEffect } from 'react';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { ContentsSheet } from './ContentsSheet.tsx';
import { type ToOpen, useContents } from './useContents.ts';
import './contents.css';

interface Props extends ToOpen {
  /** Told what is wrong in the file, once it was looked into. */
  onProblems?: (problems: readonly string[]) => void;
}

/** What is inside a file, read when this is shown. */
export function ContentsTab({ onProblems, ...file }: Props) {
  const { opened, failure } = useContents(file);
  useEffect(() => {
    if (opened) onProblems?.(opened.view.problems);
  }, [opened, onProblems]);
  if (failure) return <DialogFailure failure={failure} />;
  if (opened) return <ContentsSheet key={opened.contentsId} opened={opened} />;
  return (
    <p className="contents-wait" role="status">
      <Loader size={16} /> Reading the file…
    </p>
  );
}
