import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { CommandLine } from '../command/CommandLine.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { nameVersions } from '../format/format-version.ts';
import { TaskBar } from '../tasks/TaskBar.tsx';
import type { RunPart } from './backed-up-parts.ts';
import { backupCalls } from './backup-calls.ts';
import { LeftOut, LeftOutReport } from './LeftOutReport.tsx';
import { PlaceField, type PlaceWords } from './PlaceField.tsx';
import { type BackingUp, useBackingUp } from './useBackingUp.ts';
import { useBackupPlace } from './useBackupPlace.ts';
import './backups.css';

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

/** What was left out is said before the dialog goes, and so is what failed of several runs, to be tried again. */
function BackUp({ parts, onClose }: Omit<Props, 'opened'>) {
  const backing = useBackingUp(parts, onClose);
  if (backing.sum && backing.left.length === 0)
    return <LeftOutReport backedUp={backing.sum} onClose={onClose} />;
  return <BackUpForm {...backing} onClose={onClose} />;
}

/** Asks for a label and a place. */
function BackUpForm({ task, left, sum, backUp, onClose }: BackingUp & Pick<Props, 'onClose'>) {
  const [label, setLabel] = useState('');
  const name = label.trim() || null;
  const { place, problem, known, choose } = useBackupPlace(left[0]?.run.runId ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    backUp(name, place?.place ?? null);
  };
  return (
    <form className="back-up" onSubmit={submit}>
      {sum && <LeftOut backedUp={sum} />}
      <p className="dialog-hint">
        Copies {copied(left)} with its record. Each byte is compared with the checksum on record; where there
        is none, with what was read.
        {left.length > 1 && ` A backup is made of each of the ${left.length} runs.`}
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
      <CommandLine calls={backupCalls(left, place, name)} />
      {task.task && <TaskBar task={task.task} onCancel={task.cancel} />}
      <DialogFailure failure={task.failure} />
      <div className="dialog-foot">
        <Button variant="default" onClick={onClose}>
          {task.running ? 'Go on in the background' : 'Cancel'}
        </Button>
        <Button type="submit" disabled={!known} loading={task.running}>
          {sum ? 'Back up the others' : 'Back up'}
        </Button>
      </div>
    </form>
  );
}

function copied(parts: readonly RunPart[]): string {
  const count = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count === 0) return 'every intact version';
  return count === 1 ? 'the version' : 'each of these versions';
}
