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
import { plural } from '../format/plural.ts';
import { TaskBar } from '../tasks/TaskBar.tsx';
import { useTask } from '../tasks/useTask.ts';
import { handlesOf } from '../versions/by-run.ts';
import { backedUpWords } from './backup-words.ts';
import { LeftOutReport } from './LeftOutReport.tsx';
import { PlaceField, type PlaceWords } from './PlaceField.tsx';
import { useBackupPlace } from './useBackupPlace.ts';

/** What is backed up of a run. */
interface RunPart {
  run: RunSummary;
  /** None for all versions that there are. */
  rows: readonly VersionRow[];
}

interface Props {
  /** A backup is made of each: versions of several runs are backed up with their own. */
  parts: readonly RunPart[];
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

export function BackUpDialog({ parts, opened, onClose }: Props) {
  const rows = parts.flatMap((part) => part.rows);
  return (
    <Dialog
      title={rows.length > 0 ? `Back up ${nameVersions(rows)}` : 'Back up this run'}
      width={620}
      opened={opened}
      onClose={onClose}
    >
      <BackUp parts={parts} onClose={onClose} />
    </Dialog>
  );
}

/** Asks for a label; what was left out is said before the dialog goes. */
function BackUp({ parts, onClose }: Omit<Props, 'opened'>) {
  const [label, setLabel] = useState('');
  const { place, problem, known, choose } = useBackupPlace(parts[0]?.run.runId ?? '');
  const [done, setDone] = useState<BackedUp | null>(null);
  const task = useTask();
  const finish = (backedUp: readonly BackedUp[], isShown: boolean) => {
    const sum = together(backedUp);
    if (isShown && sum.leftOut.length > 0) return setDone(sum);
    // Of several runs one may have failed: that stays on the screen.
    if (isShown && backedUp.length === parts.length) onClose();
    notifications.show({ message: wordsOfAll(sum, backedUp.length) });
  };
  const backUp = (event: FormEvent) => {
    event.preventDefault();
    const requests = parts.map(({ run: { runId }, rows }) => ({
      runId,
      versions: rows.length > 0 ? handlesOf(rows) : null,
      label: label.trim() || null,
      place: place?.place ?? null,
    }));
    task.runAll(
      requests.map((request) => () => window.cairn.request('backUp', request)),
      finish,
    );
  };
  if (done) return <LeftOutReport backedUp={done} onClose={onClose} />;
  return (
    <form className="back-up" onSubmit={backUp}>
      <p className="dialog-hint">
        Copies {copied(parts)} with its record, and compares each byte with the checksum on record.
        {parts.length > 1 && ` A backup is made of each of the ${parts.length} runs.`}
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
      {parts.map(({ run: { runId, folder }, rows }) => (
        <CommandLine
          key={runId}
          call={{
            command: 'backup',
            options: [
              ['--to', place?.shown ?? null],
              ['--label', label.trim() || null],
            ],
            words: [folder, ...rows.map(({ id }) => id)],
          }}
        />
      ))}
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

/** Backups of several runs as if they were one. */
function together(backedUp: readonly BackedUp[]): BackedUp {
  return {
    versionCount: backedUp.reduce((sum, { versionCount }) => sum + versionCount, 0),
    bytes: backedUp.reduce((sum, { bytes }) => sum + bytes, 0),
    leftOut: backedUp.flatMap(({ leftOut }) => leftOut),
  };
}

function wordsOfAll(sum: BackedUp, runs: number): string {
  return runs > 1 ? `${backedUpWords(sum)}, of ${plural(runs, 'run')}` : backedUpWords(sum);
}

function copied(parts: readonly RunPart[]): string {
  const count = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count === 0) return 'every intact version';
  return count === 1 ? 'the version' : 'each of these versions';
}
