import { Loader } from '@mantine/core';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { ContentsSheet } from './ContentsSheet.tsx';
import { type ToOpen, useContents } from './useContents.ts';
import './contents.css';

/** What is inside a file, read when this is shown. */
export function ContentsTab(file: ToOpen) {
  const { opened, failure } = useContents(file);
  if (failure) return <DialogFailure failure={failure} />;
  if (opened) return <ContentsSheet key={opened.contentsId} opened={opened} />;
  return (
    <p className="contents-wait" role="status">
      <Loader size={16} /> Looking into the file…
    </p>
  );
}
