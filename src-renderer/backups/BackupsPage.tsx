import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback, useState } from 'react';
import type { Backup } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { plural } from '../format/plural.ts';
import { ProblemsSection } from '../problems/ProblemsSection.tsx';
import { RecordBody } from '../records/RecordBody.tsx';
import { RecordPage } from '../records/RecordPage.tsx';
import { RecordTable } from '../records/RecordTable.tsx';
import { Notice } from '../run/Notice.tsx';
import type { RunActions } from '../run/useRunActions.ts';
import { TaskBar } from '../tasks/TaskBar.tsx';
import { useTask } from '../tasks/useTask.ts';
import { BackupDetails } from './BackupDetails.tsx';
import { backupColumns } from './backup-columns.tsx';
import { checkedWords, onlyRestored, unclaimedWords } from './backup-words.ts';
import { fromPlace, whileIn } from './backups-of-place.ts';
import { DeleteBackupDialog } from './DeleteBackupDialog.tsx';
import { type BackupPlace, PlaceField, type PlaceWords } from './PlaceField.tsx';
import { RestoreDialog } from './RestoreDialog.tsx';
import './backups.css';

interface Props {
  run: RunSummary;
  /** Asked for again when this changes. */
  revision: unknown;
  actions: RunActions;
}

/** Which dialog is open, and what it is about: the list may get others meanwhile. Once it is closed it still shows that. */
interface Asked {
  kind: 'restore' | 'delete' | null;
  backup: Backup | null;
}

const source: PlaceWords = {
  purpose: 'restore',
  label: 'From',
  own: 'the backups of this run',
  ownButton: 'This run’s backups',
  button: 'Look in another folder…',
};

/** The backups of the run, or what is in a folder that is chosen, of whatever run. */
export function BackupsPage({ run, revision, actions }: Props) {
  const { runId } = run;
  const [place, setPlace] = useState<BackupPlace | null>(null);
  const from = { runId, place: place?.place ?? null };
  const list = useBackups(runId, from.place, revision);
  const task = useTask(list.askAgain);
  const [currentId, setCurrent] = useState<string | null>(null);
  const [asked, ask] = useState<Asked>({ kind: null, backup: null });
  const { backups, problems, unclaimed } = list.value ?? { backups: [], problems: [], unclaimed: 0 };
  const current = backups.find(({ backup }) => backup === currentId) ?? backups[0] ?? null;
  const verify = (backup: string | null) =>
    task.run<{ verified: number; damaged: number }>(
      () => window.cairn.request('verifyBackups', { ...from, backup }),
      (found) => {
        notifications.show({ message: checkedWords(found) });
        list.askAgain();
      },
    );
  const close = () => ask({ ...asked, kind: null });
  const dialog = { run, place, backup: asked.backup, onClose: close, onDone: list.askAgain };
  return (
    <RecordPage
      label="Backups"
      sum={<BackupSum backups={backups} place={place} />}
      tools={
        <>
          <PlaceField words={source} place={place} onChange={setPlace} />
          <Button
            variant="default"
            disabled={backups.every(onlyRestored) || task.running}
            onClick={() => verify(null)}
          >
            Verify all
          </Button>
          <Button disabled={run.versionCount === 0} onClick={() => actions.open('backUp')}>
            Back up…
          </Button>
        </>
      }
      warning={
        <>
          <ProblemsSection title="Problems with backups" problems={problems} />
          {task.task && <TaskBar task={task.task} onCancel={task.cancel} />}
          <DialogFailure failure={task.failure} />
          {unclaimed > 0 && <p className="record-note">{unclaimedWords(unclaimed)}</p>}
        </>
      }
      details={
        current && (
          <BackupDetails
            run={run}
            place={place}
            backup={current}
            busy={task.running}
            onRestore={() => ask({ kind: 'restore', backup: current })}
            onVerify={() => verify(current.backup)}
            onDelete={() => ask({ kind: 'delete', backup: current })}
          />
        )
      }
    >
      <RecordBody
        answer={list}
        what="The list of backups"
        empty={backups.length === 0}
        nothing={<NoBackups place={place} />}
      >
        <RecordTable
          label="Backups"
          columns={backupColumns(setCurrent)}
          records={backups}
          keyOf={({ backup }) => backup}
          current={current?.backup ?? null}
          onCurrent={setCurrent}
        />
      </RecordBody>
      <RestoreDialog {...dialog} opened={asked.kind === 'restore'} />
      <DeleteBackupDialog {...dialog} opened={asked.kind === 'delete'} />
    </RecordPage>
  );
}

/** Asked for again when the run changes: a backup of it may have been made. */
function useBackups(runId: string, place: string | null, revision: unknown) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes the run may have backed it up
  const ask = useCallback(
    async () => fromPlace(place, await window.cairn.request('listBackups', { runId, place })),
    [runId, place, revision],
  );
  return whileIn(place, useAnswer(ask));
}

function BackupSum({ backups, place }: { backups: readonly Backup[]; place: BackupPlace | null }) {
  if (backups.length === 0) return null;
  const bytes = backups.reduce((sum, backup) => sum + backup.bytes, 0);
  return (
    <>
      {plural(backups.length, 'backup')}, {formatBytes(bytes)}
      {place === null ? '' : ' in that folder'}
    </>
  );
}

function NoBackups({ place }: { place: BackupPlace | null }) {
  if (place !== null)
    return (
      <Notice title="No backups in this folder">
        Choose another folder, or go back to this run’s backups.
      </Notice>
    );
  return (
    <Notice title="This run has no backups yet">
      A backup is a verified copy of its versions, beside the run or in a folder on another disk. “Back up…”
      makes one.
    </Notice>
  );
}
