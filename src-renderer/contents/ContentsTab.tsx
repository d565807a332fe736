import { Loader } from '@mantine/core';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { ContentsSheet } from './ContentsSheet.tsx';
import { useContents } from './useContents.ts';
import './contents.css';

interface Props {
  runId: string;
  row: VersionRow;
}

/** What is inside a version's file, read when this is shown. */
export function ContentsTab({ runId, row }: Props) {
  const { opened, failure } = useContents(runId, row);
  if (failure) return <DialogFailure failure={failure} />;
  if (opened) return <ContentsSheet key={opened.contentsId} opened={opened} />;
  return (
    <p className="contents-wait" role="status">
      <Loader size={16} /> Looking into the file…
    </p>
  );
}
