import { Button, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import type { BackedUp } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { nameVersions } from '../format/format-version.ts';
import { TaskBar } from '../tasks/TaskBar.tsx';
import { useTask } from '../tasks/useTask.ts';
import { backedUpWords } from './backup-words.ts';
import { LeftOutReport } from './LeftOutReport.tsx';
import { PlaceField, type PlaceWords } from './PlaceField.tsx';
import { useBackupPlace } from './useBackupPlace.ts';

interface Props {
  run: RunSummary;
  /** The versions to back up; none for all there are. */
  rows: readonly VersionRow[];
  opened: boolean;
  onClose: () => void;
}

const target: PlaceWords = {
  purpose: 'back up',
  label: 'Goes to',
  own: 'the run’s own backups, on the same disk',
  ownButton: 'With the run',
  button: 'Choose a folder…',
};

export function BackUpDialog({ run, rows, opened, onClose }: Props) {
  return (
    <Dialog
      title={rows.length > 0 ? `Back up ${nameVersions(rows)}` : 'Back up this run'}
      width={620}
      opened={opened}
      onClose={onClose}
    >
      <BackUp run={run} rows={rows} onClose={onClose} />
    </Dialog>
  );
}

/** Asks for a label; what was left out is said before the dialog goes. */
function BackUp({ run: { runId, folder }, rows, onClose }: Omit<Props, 'opened'>) {
  const [label, setLabel] = useState('');
  const { place, problem, known, choose } = useBackupPlace(runId);
  const [done, setDone] = useState<BackedUp | null>(null);
  const task = useTask();
  const finish = (backedUp: BackedUp, isShown: boolean) => {
    if (isShown && backedUp.leftOut.length > 0) return setDone(backedUp);
    if (isShown) onClose();
    notifications.show({ message: backedUpWords(backedUp) });
  };
  const backUp = (event: FormEvent) => {
    event.preventDefault();
    const request = {
      runId,
      versions: rows.length > 0 ? rows.map(({ handle }) => handle) : null,
      label: label.trim() || null,
      place: place?.place ?? null,
    };
    task.run(() => window.cairn.request('backUp', request), finish);
  };
  if (done) return <LeftOutReport backedUp={done} onClose={onClose} />;
  return (
    <form className="back-up" onSubmit={backUp}>
      <p className="dialog-hint">
        Copies {copied(rows.length)} with its record, and compares each byte with the checksum on record.
      </p>
      <TextInput
        size="xs"
        label="Label (optional)"
        placeholder="such as: before the second phase"
        maxLength={200}
        data-autofocus
        value={label}
        onChange={({ currentTarget }) => setLabel(currentTarget.value)}
      />
      <PlaceField words={target} place={place} disabled={task.running} onChange={choose} />
      {problem !== null && <p className="place-problem">{problem}</p>}
      <CommandLine
        call={{
          command: 'backup',
          options: [
            ['--to', place?.shown ?? null],
            ['--label', label.trim() || null],
          ],
          words: [folder, ...rows.map(({ id }) => id)],
        }}
      />
      {task.task && <TaskBar task={task.task} onCancel={task.cancel} />}
      <DialogFailure failure={task.failure} />
      <div className="dialog-foot">
        <Button variant="default" onClick={onClose}>
          {task.running ? 'Go on in the background' : 'Cancel'}
        </Button>
        <Button type="submit" disabled={!known} loading={task.running}>
          Back up
        </Button>
      </div>
    </form>
  );
}

function copied(count: number): string {
  if (count === 0) return 'every intact version';
  return count === 1 ? 'the version' : 'each of these versions';
}
