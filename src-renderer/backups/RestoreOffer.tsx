import { useCallback } from 'react';
import type { Backup } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { TimeText } from '../format/TimeText.tsx';
import { visibleText } from '../format/visible-text.ts';
import { WritingButton } from '../run/WritingButton.tsx';
import { backupName, noIntactBackup } from './backup-words.ts';

interface Props {
  run: RunSummary;
  row: VersionRow;
  onRestore: () => void;
}

/** Where a version is damaged: the backup that it can be restored from, or that there is none. */
export function RestoreOffer({ run, row, onRestore }: Props) {
  const { value, failure } = useBackupOf(run, row);
  if (failure) return <p>Could not check for a backup: {visibleText(failure.message)}</p>;
  if (!value) return null;
  const { backup, damaged } = value;
  if (!backup) return <p>{noIntactBackup(damaged)}</p>;
  return (
    <div className="damage-offer">
      <OfferedBackup backup={backup} />
      <WritingButton readOnly={run.readOnly} onClick={onRestore}>
        Restore…
      </WritingButton>
    </div>
  );
}

function OfferedBackup({ backup }: { backup: Backup }) {
  if (backup.state === 'unrecorded')
    return <p>A copy from before it was last overwritten is kept; no checksum tells whether it is intact.</p>;
  return (
    <p>
      An intact copy is in the backup “{backupName(backup)}” of <TimeText at={backup.at} />
      {backup.elsewhere !== null && <bdi> in {visibleText(backup.elsewhere)}</bdi>}.
    </p>
  );
}

/** Asked for again when the row is another, or its backups are. */
export function useBackupOf({ runId }: RunSummary, { handle, backups, integrity: { state } }: VersionRow) {
  return useAnswer(
    // biome-ignore lint/correctness/useExhaustiveDependencies: with these the answer may be another
    useCallback(
      () => window.cairn.request('findBackupOf', { runId, version: handle }),
      [runId, handle, backups, state],
    ),
  );
}
