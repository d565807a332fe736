import { Button } from '@mantine/core';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { Waiting } from '../dialogs/Waiting.tsx';
import { versionLabel } from '../format/format-version.ts';
import { TimeText } from '../format/TimeText.tsx';
import { backupName, noIntactBackup } from './backup-words.ts';
import { Restore } from './RestoreDialog.tsx';
import { useBackupOf } from './RestoreOffer.tsx';

interface Props {
  run: RunSummary;
  row: VersionRow | null;
  opened: boolean;
  onClose: () => void;
}

/** One version alone, from the backup that it is best restored from. */
export function RestoreVersionDialog({ run, row, opened, onClose }: Props) {
  return (
    <Dialog
      title={row ? `Restore ${versionLabel(row)} from its backup` : 'Restore'}
      width={820}
      opened={opened && row !== null}
      onClose={onClose}
    >
      {row && <RestoreVersion run={run} row={row} onClose={onClose} />}
    </Dialog>
  );
}

function RestoreVersion({ run, row, onClose }: Omit<Props, 'opened' | 'row'> & { row: VersionRow }) {
  const { value, failure, waiting } = useBackupOf(run, row);
  if (value?.backup)
    return (
      <>
        <p className="dialog-hint">
          The backup is <b>{backupName(value.backup)}</b>, made <TimeText at={value.backup.at} />.
        </p>
        <Restore
          run={run}
          place={null}
          backup={value.backup}
          only={row}
          onClose={onClose}
          onDone={() => undefined}
        />
      </>
    );
  return (
    <>
      <Waiting waiting={waiting} words="Looking for a backup of it…">
        {value && noIntactBackup(value.damaged)}
      </Waiting>
      <DialogFailure failure={failure} />
      <div className="dialog-foot">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </div>
    </>
  );
}
