import { Button } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { Requests } from '../../shared/ipc/contract.ts';
import type { Backup, RestoreChange, Restored } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { ChangeList } from '../dialogs/ChangeList.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { Waiting } from '../dialogs/Waiting.tsx';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { TaskBar } from '../tasks/TaskBar.tsx';
import { useTask } from '../tasks/useTask.ts';
import { showUndoable } from '../undo/show-way-back.tsx';
import { backupName, fromOption, restoreChanges, restoredWords, restoreSentence } from './backup-words.ts';
import type { BackupPlace } from './PlaceField.tsx';
import { RestoredVersion } from './RestoredVersion.tsx';

interface Props {
  run: RunSummary;
  place: BackupPlace | null;
  backup: Backup | null;
  opened: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** All that a backup holds. */
export function RestoreDialog({ opened, onClose, backup, ...rest }: Props) {
  return (
    <Dialog
      title={backup ? `Restore “${backupName(backup)}”` : 'Restore'}
      width={820}
      opened={opened}
      onClose={onClose}
    >
      {backup && <Restore {...rest} backup={backup} only={null} onClose={onClose} />}
    </Dialog>
  );
}

interface RestoreProps extends Omit<Props, 'opened'> {
  backup: Backup;
  /** The version of the run that alone is restored; null for all that the backup holds. */
  only: VersionRow | null;
}

type Restoring = Requests['planRestore']['input'];

/** What restoring of a backup would change, a version at a time, and the way to do it. */
export function Restore(props: RestoreProps) {
  const { run, place, backup, only, onClose, onDone } = props;
  const request = useRestoring(props);
  const plan = useAnswer(useCallback(() => window.cairn.request('planRestore', request), [request]));
  const words = [run.folder, backup.backup, ...(only ? [only.id] : [])];
  const task = useTask();
  const [looked, lookAt] = useState<string | null>(null);
  const changes = plan.value?.changes ?? [];
  const count = changes.filter(({ action }) => action !== 'same').length;
  const restore = () =>
    task.run<Restored>(
      () => window.cairn.request('restore', request),
      (restored, isShown) => {
        if (isShown) onClose();
        onDone();
        showUndoable({ runId: run.runId, operation: restored.operation, ...restoredWords(restored) });
      },
    );
  return (
    <>
      <Waiting waiting={plan.waiting} words="Comparing it with the run…">
        {plan.value && restoreSentence(changes)}
      </Waiting>
      <OtherRun of={backup.of} />
      {changes.length > 0 && (
        <ChangeList
          label="What restoring changes"
          changes={restoreChanges(changes)}
          current={looked}
          onCurrent={lookAt}
        />
      )}
      {changes.length > 0 && <LookedAt request={request} changes={changes} id={looked} />}
      <CommandLine calls={[{ command: 'restore', options: [fromOption(place)], words }]} />
      {task.task && <TaskBar task={task.task} onCancel={task.cancel} />}
      <DialogFailure failure={task.failure ?? plan.failure} />
      <div className="dialog-foot">
        <Button variant="default" onClick={onClose}>
          {task.running ? 'Go on in the background' : 'Cancel'}
        </Button>
        <Button disabled={count === 0} loading={task.running} onClick={restore}>
          {restoreLabel(count)}
        </Button>
      </div>
    </>
  );
}

/** That a backup is of another run, where it is. */
function OtherRun({ of }: Pick<Backup, 'of'>) {
  return of === null ? null : <p className="dialog-hint">It is a backup of {visibleText(of)}.</p>;
}

function useRestoring({ run: { runId }, place, backup: { backup }, only }: RestoreProps): Restoring {
  const [from, version] = [place?.place ?? null, only?.handle ?? null];
  return useMemo(() => ({ runId, place: from, backup, only: version }), [runId, from, backup, version]);
}

/** What changes in the version that was chosen of the list. */
function LookedAt(props: { request: Restoring; changes: readonly RestoreChange[]; id: string | null }) {
  const version = props.changes.findIndex(({ id }) => visibleText(id) === props.id);
  if (version < 0 && props.changes.every(({ action }) => action === 'same')) return null;
  if (version < 0)
    return <p className="dialog-hint">Choose a version to see which metrics and tensors would change.</p>;
  return (
    <RestoredVersion key={version} request={{ ...props.request, version }} change={props.changes[version]} />
  );
}

function restoreLabel(count: number): string {
  return count === 0 ? 'Restore' : `Restore ${plural(count, 'version')}`;
}
