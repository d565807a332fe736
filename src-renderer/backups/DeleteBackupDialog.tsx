import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { Backup } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { staying } from '../bridge/staying.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAction } from '../dialogs/useAction.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { plural } from '../format/plural.ts';
import { backupName, deletedWords, fromOption } from './backup-words.ts';
import type { BackupPlace } from './PlaceField.tsx';

interface Props {
  run: RunSummary;
  place: BackupPlace | null;
  backup: Backup | null;
  opened: boolean;
  onClose: () => void;
  onDone: () => void;
}

export function DeleteBackupDialog({ opened, onClose, backup, ...rest }: Props) {
  return (
    <Dialog title="Delete a backup" width={560} opened={opened} onClose={onClose}>
      {backup && <DeleteBackup {...rest} backup={backup} onClose={onClose} />}
    </Dialog>
  );
}

/** Says what goes, and asks; the last copy of anything is refused, with the reason. */
function DeleteBackup({
  run: { runId, folder },
  place,
  backup,
  onClose,
  onDone,
}: Omit<Props, 'opened'> & { backup: Backup }) {
  const action = useAction();
  const remove = () =>
    action.run(
      () =>
        window.cairn.request('deleteBackup', { runId, place: place?.place ?? null, backup: backup.backup }),
      ({ gone }, isShown) => {
        // What is gone for good is read before it leaves the screen.
        notifications.show({ message: deletedWords(gone), ...(gone.length > 0 && staying) });
        if (isShown) onClose();
        onDone();
      },
    );
  return (
    <>
      <p className="dialog-summary">
        “{backupName(backup)}”, {plural(backup.versionCount, 'version')}, {formatBytes(backup.bytes)}, will be
        deleted for good.
      </p>
      {backup.of !== null && <p className="dialog-hint">It is a backup of {backup.of}.</p>}
      <p className="dialog-hint">
        This cannot be undone. It is refused if the backup holds the last copy of a model.
      </p>
      <CommandLine
        calls={[
          {
            command: 'backups',
            options: [
              fromOption(place),
              ['--delete', backup.backup],
              ...(backup.of === null ? [] : ['--other-run' as const]),
              '--yes',
            ],
            words: [folder],
          },
        ]}
      />
      <DialogFailure failure={action.failure} />
      <div className="dialog-foot">
        <Button variant="default" data-autofocus disabled={action.running} onClick={onClose}>
          Keep it
        </Button>
        <Button color="red.9" loading={action.running} onClick={remove}>
          Delete for good
        </Button>
      </div>
    </>
  );
}
