import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback, useMemo, useState } from 'react';
import type { Trashed } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAction } from '../dialogs/useAction.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { Waiting } from '../dialogs/Waiting.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { NamedVersions } from '../records/NamedVersions.tsx';
import { waysBack } from '../undo/ways-back.ts';
import { gainWords, reasonWords, sumWords } from './trash-words.ts';

interface Props {
  run: RunSummary;
  /** What is to be deleted; null while nothing is. */
  operations: readonly Trashed[] | null;
  onClose: () => void;
  onDone: () => void;
}

/** Says what is lost and what the disk gains, and asks; nothing but this ends a version for good. */
export function EmptyTrashDialog({ run, operations, onClose, onDone }: Props) {
  const [last, setLast] = useState<readonly Trashed[]>([]);
  if (operations !== null && operations !== last) setLast(operations);
  return (
    <Dialog title="Delete for good" width={620} opened={operations !== null} onClose={onClose}>
      <EmptyTrash run={run} operations={last} onClose={onClose} onDone={onDone} />
    </Dialog>
  );
}

/** So many operations are named. */
const named = 100;

function EmptyTrash({ run, operations, onClose, onDone }: Props & { operations: readonly Trashed[] }) {
  const { runId, folder } = run;
  const action = useAction(onDone);
  const ids = useMemo(() => operations.map(({ operation }) => operation), [operations]);
  const gain = useAnswer(
    useCallback(() => window.cairn.request('planEmptying', { runId, operations: ids }), [runId, ids]),
  );
  const empty = () =>
    action.run(
      () => window.cairn.request('emptyTrash', { runId, operations: ids }),
      ({ bytes }, isShown) => {
        waysBack.removeOperations(runId, ids);
        notifications.show({ message: `${formatBytes(bytes)} of files deleted for good` });
        if (isShown) onClose();
        onDone();
      },
    );
  return (
    <>
      <p className="dialog-summary">{sumWords(operations)} will be deleted for good.</p>
      <ul className="trash-lost">
        {operations.slice(0, named).map((trashed) => (
          <li key={trashed.operation}>
            <b>{reasonWords(trashed.reason)}</b> <NamedVersions {...trashed} />
          </li>
        ))}
        {operations.length > named && <li>and {operations.length - named} more</li>}
      </ul>
      <Waiting waiting={gain.waiting} words="Looking at what the disk gains…">
        {gain.value && `The disk gains ${gainWords(gain.value)}.`}
      </Waiting>
      <p className="dialog-hint">This cannot be undone. Backups, and what is in the run, stay as they are.</p>
      <CommandLine calls={[{ command: 'trash', options: ['--empty', '--yes'], words: [folder, ...ids] }]} />
      <DialogFailure failure={action.failure ?? gain.failure} />
      <div className="dialog-foot">
        <Button variant="default" data-autofocus disabled={action.running} onClick={onClose}>
          Keep them
        </Button>
        <Button color="red.9" loading={action.running} onClick={empty}>
          Delete for good
        </Button>
      </div>
    </>
  );
}
