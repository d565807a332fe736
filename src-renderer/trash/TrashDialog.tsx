import { Button, Loader } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback, useState } from 'react';
import type { Trashed } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAction } from '../dialogs/useAction.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { versionsAre } from '../format/plural.ts';
import { ProblemsSection } from '../problems/ProblemsSection.tsx';
import { WritingButton } from '../run/WritingButton.tsx';
import { EmptyTrash } from './EmptyTrash.tsx';
import { TrashList } from './TrashList.tsx';
import { sumWords } from './trash-words.ts';
import './trash.css';

interface Props {
  run: RunSummary;
  opened: boolean;
  onClose: () => void;
}

export function TrashDialog({ run, opened, onClose }: Props) {
  return (
    <Dialog title="Trash" opened={opened} onClose={onClose}>
      <Trash run={run} onClose={onClose} />
    </Dialog>
  );
}

/** What can be brought back, and the end of it. */
function Trash({ run, onClose }: Omit<Props, 'opened'>) {
  const { runId } = run;
  const trash = useAnswer(useCallback(() => window.cairn.request('listTrash', { runId }), [runId]));
  const action = useAction();
  const [asking, setAsking] = useState(false);
  const { operations, problems } = trash.value ?? { operations: [], problems: [] };
  const bringBack = ({ operation, versionCount }: Trashed) =>
    action.run(
      () => window.cairn.request('undo', { runId, operation }),
      () => {
        notifications.show({ message: `${versionsAre(versionCount)} back` });
        trash.askAgain();
      },
    );
  const empty = () =>
    action.run(
      () =>
        window.cairn.request('emptyTrash', { runId, operations: operations.map((each) => each.operation) }),
      ({ bytes }) => {
        notifications.show({ message: `The trash is empty: ${formatBytes(bytes)} came back` });
        onClose();
      },
    );
  const failure = action.failure ?? trash.failure;
  if (asking)
    return (
      <EmptyTrash
        operations={operations}
        running={action.running}
        failure={failure}
        onEmpty={empty}
        onKeep={() => setAsking(false)}
      />
    );
  return (
    <>
      {trash.value === null && trash.waiting && <Loader size={20} />}
      {trash.value && operations.length + problems.length === 0 && (
        <p className="dialog-hint">The trash is empty.</p>
      )}
      <TrashList run={run} operations={operations} busy={action.running} onBringBack={bringBack} />
      <ProblemsSection title="Damaged records in the trash" problems={problems} />
      <DialogFailure failure={failure} />
      <div className="dialog-foot">
        {operations.length > 0 && <span className="trash-sum">{sumWords(operations)}</span>}
        {operations.length > 0 && (
          <WritingButton
            readOnly={run.readOnly}
            variant="default"
            disabled={action.running}
            onClick={() => setAsking(true)}
          >
            Empty trash…
          </WritingButton>
        )}
        <Button onClick={onClose}>Done</Button>
      </div>
    </>
  );
}
