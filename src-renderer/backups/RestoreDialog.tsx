import { Button, Loader } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { ProblemsSection } from '../problems/ProblemsSection.tsx';
import { BackupList } from './BackupList.tsx';
import { BackupTools } from './BackupTools.tsx';
import { type BackupPlace, PlaceField, type PlaceWords } from './PlaceField.tsx';
import { RestorePlan } from './RestorePlan.tsx';
import './backups.css';

interface Props {
  run: RunSummary;
  opened: boolean;
  onClose: () => void;
}

const source: PlaceWords = {
  purpose: 'restore',
  label: 'From',
  own: 'the backups of this run',
  ownButton: 'Those of this run',
  button: 'Look in another folder…',
};

export function RestoreDialog({ run, opened, onClose }: Props) {
  return (
    <Dialog title="Restore from a backup" opened={opened} onClose={onClose}>
      <Restore runId={run.runId} onClose={onClose} />
    </Dialog>
  );
}

/** The backups of the run, or what is in a folder that is chosen, of whatever run. */
function Restore({ runId, onClose }: { runId: string; onClose: () => void }) {
  const [place, setPlace] = useState<BackupPlace | null>(null);
  const from = place?.place ?? null;
  return (
    <>
      <PlaceField words={source} place={place} onChange={setPlace} />
      <RestoreFrom key={from} runId={runId} place={from} onClose={onClose} />
    </>
  );
}

interface FromProps {
  runId: string;
  /** Null for the run's own. */
  place: string | null;
  onClose: () => void;
}

/** The backups to choose from; for the chosen one, what restoring it would change. */
function RestoreFrom({ runId, place, onClose }: FromProps) {
  const { value, failure, waiting, askAgain } = useAnswer(
    useCallback(() => window.cairn.request('listBackups', { runId, place }), [runId, place]),
  );
  const [chosenId, choose] = useState<string | null>(null);
  const { backups, problems } = value ?? { backups: [], problems: [] };
  const chosen = backups.find(({ backup }) => backup === chosenId) ?? backups[0];
  const from = { runId, place };
  return (
    <>
      {waiting && <Loader size={20} />}
      <DialogFailure failure={failure} />
      {value && backups.length + problems.length === 0 && (
        <p className="dialog-hint">
          {place === null
            ? 'This run has no backups yet. “Back up” makes one, and lists it here.'
            : 'There are no backups in this folder.'}
        </p>
      )}
      <ProblemsSection title="Damaged records of backups" problems={problems} />
      {chosen ? (
        <>
          <BackupList backups={backups} chosen={chosen.backup} onChoose={choose} />
          <BackupTools key={`${chosen.backup} tools`} from={from} backup={chosen} onChanged={askAgain} />
          <RestorePlan key={chosen.backup} from={from} backup={chosen} onClose={onClose} />
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
