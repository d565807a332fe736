import { Button } from '@mantine/core';
import { useCallback } from 'react';
import type { Backup, BackupSource } from '../../shared/ipc/writing-contract.ts';
import { ChangeList } from '../dialogs/ChangeList.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { Waiting } from '../dialogs/Waiting.tsx';
import { plural } from '../format/plural.ts';
import { restoreChanges, restoreSentence } from './backup-words.ts';
import { useRestoring } from './useRestoring.ts';

interface Props {
  from: BackupSource;
  backup: Backup;
  onClose: () => void;
}

/** What restoring a backup would change, and the way to do it. */
export function RestorePlan({ from: { runId, place }, backup: { backup, state }, onClose }: Props) {
  const plan = useAnswer(
    useCallback(() => window.cairn.request('planRestore', { runId, place, backup }), [runId, place, backup]),
  );
  const { action, restore } = useRestoring({ runId, place, backup }, onClose);
  const changes = plan.value?.changes ?? [];
  const count = changes.filter(({ action: what }) => what !== 'same').length;
  const damaged = state === 'damaged';
  return (
    <>
      <Waiting waiting={plan.waiting} words="Comparing it with the run…">
        {plan.value && restoreSentence(changes)}
      </Waiting>
      {changes.length > 0 && <ChangeList label="What restoring changes" changes={restoreChanges(changes)} />}
      {damaged && (
        <p className="dialog-failure" role="alert">
          This backup is damaged: its bytes no longer match their checksums. Choose another.
        </p>
      )}
      <DialogFailure failure={action.failure ?? plan.failure} />
      <div className="dialog-foot">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={count === 0 || damaged} loading={action.running} onClick={restore}>
          {count === 0 ? 'Restore' : `Restore ${plural(count, 'version')}`}
        </Button>
      </div>
    </>
  );
}
