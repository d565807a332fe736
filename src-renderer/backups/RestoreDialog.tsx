import { Button, Loader } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { ProblemsSection } from '../problems/ProblemsSection.tsx';
import { BackupList } from './BackupList.tsx';
import { BackupTools } from './BackupTools.tsx';
import { RestorePlan } from './RestorePlan.tsx';
import './backups.css';

interface Props {
  run: RunSummary;
  opened: boolean;
  onClose: () => void;
}

export function RestoreDialog({ run, opened, onClose }: Props) {
  return (
    <Dialog title="Restore from a backup" opened={opened} onClose={onClose}>
      <Restore runId={run.runId} onClose={onClose} />
    </Dialog>
  );
}

/** The backups of the run; for the chosen one, what restoring it would change. */
function Restore({ runId, onClose }: { runId: string; onClose: () => void }) {
  const { value, failure, waiting, askAgain } = useAnswer(
    useCallback(() => window.cairn.request('listBackups', { runId }), [runId]),
  );
  const [chosenId, choose] = useState<string | null>(null);
  const { backups, problems } = value ?? { backups: [], problems: [] };
  const chosen = backups.find(({ backup }) => backup === chosenId) ?? backups[0];
  return (
    <>
      {waiting && <Loader size={20} />}
      <DialogFailure failure={failure} />
      {value && backups.length + problems.length === 0 && (
        <p className="dialog-hint">This run has no backups yet. “Back up” makes one, and lists it here.</p>
      )}
      <ProblemsSection title="Damaged records of backups" problems={problems} />
      {chosen ? (
        <>
          <BackupList backups={backups} chosen={chosen.backup} onChoose={choose} />
          <BackupTools key={`${chosen.backup} tools`} runId={runId} backup={chosen} onChanged={askAgain} />
          <RestorePlan key={chosen.backup} runId={runId} backup={chosen} onClose={onClose} />
        </>
      ) : (
        <div className="dialog-foot">
          <Button variant="default" onClick={onClose}>
            Close
          </Button>
        </div>
      )}
    </>
  );
}
