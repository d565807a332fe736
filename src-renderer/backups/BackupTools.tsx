import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Backup, BackupSource } from '../../shared/ipc/writing-contract.ts';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAction } from '../dialogs/useAction.ts';
import { formatTimestamp } from '../format/format-time.ts';
import { verifiedWords } from './backup-words.ts';

interface Props {
  from: BackupSource;
  backup: Backup;
  /** The list is another now. */
  onChanged: () => void;
}

/** What can be done to the chosen backup itself: reading its bytes again, and deleting it, which is asked for twice. */
export function BackupTools({ from, backup: { backup, state, verifiedAt, elsewhere }, onChanged }: Props) {
  const [asking, setAsking] = useState(false);
  const action = useAction();
  const verify = () =>
    action.run(
      () => window.cairn.request('verifyBackup', { ...from, backup }),
      (verified) => {
        notifications.show({ message: verifiedWords(verified.state) });
        onChanged();
      },
    );
  const remove = () =>
    action.run(
      () => window.cairn.request('deleteBackup', { ...from, backup }),
      () => {
        notifications.show({ message: 'The backup is deleted' });
        onChanged();
      },
    );
  return (
    <>
      <div className="backup-tools">
        <span className="backup-facts">
          {asking
            ? 'Delete this backup for good?'
            : `${state === 'verified' ? 'Verified' : 'Found damaged'} ${formatTimestamp(verifiedAt)}${elsewhere === null ? '' : ', in another folder'}`}
        </span>
        {asking ? (
          <>
            <Button
              variant="default"
              size="xs"
              data-autofocus
              disabled={action.running}
              onClick={() => setAsking(false)}
            >
              Keep it
            </Button>
            <Button color="red.9" size="xs" loading={action.running} onClick={remove}>
              Delete for good
            </Button>
          </>
        ) : (
          <>
            <Button variant="default" size="xs" loading={action.running} onClick={verify}>
              Verify again
            </Button>
            <Button variant="default" size="xs" disabled={action.running} onClick={() => setAsking(true)}>
              Delete…
            </Button>
          </>
        )}
      </div>
      <DialogFailure failure={action.failure} />
    </>
  );
}
