import { notifications } from '@mantine/notifications';
import { useCallback, useState } from 'react';
import type { Trashed } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAction } from '../dialogs/useAction.ts';
import { type Answer, useAnswer } from '../dialogs/useAnswer.ts';
import { ProblemsSection } from '../problems/ProblemsSection.tsx';
import { RecordBody } from '../records/RecordBody.tsx';
import { RecordPage } from '../records/RecordPage.tsx';
import { RecordTable } from '../records/RecordTable.tsx';
import { Notice } from '../run/Notice.tsx';
import { WritingButton } from '../run/WritingButton.tsx';
import { undoneWords } from '../undo/undone-words.ts';
import { EmptyTrashDialog } from './EmptyTrashDialog.tsx';
import { restoreAll } from './restore-all.ts';
import { TrashedDetails } from './TrashedDetails.tsx';
import { trashColumns } from './trash-columns.tsx';
import { sumWords } from './trash-words.ts';
import './trash.css';

interface Props {
  run: RunSummary;
  /** Asked for again when this changes. */
  revision: unknown;
}

/** What can be brought back, and the end of it. */
export function TrashPage({ run, revision }: Props) {
  const { runId } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes the run may change its trash
  const ask = useCallback(() => window.cairn.request('listTrash', { runId }), [runId, revision]);
  const trash = useAnswer(ask);
  const action = useAction();
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [currentId, setCurrent] = useState<string | null>(null);
  const [doomed, setDoomed] = useState<readonly Trashed[] | null>(null);
  const { operations, problems } = trash.value ?? { operations: [], problems: [] };
  const named = operations.filter(({ operation }) => chosen.has(operation));
  const current = operations.find(({ operation }) => operation === currentId) ?? null;
  const bringBack = (wanted: readonly Trashed[]) =>
    action.run(
      () => restoreAll(runId, wanted),
      (undone) => {
        notifications.show({ message: undoneWords(undone) });
        choose(new Set());
        trash.askAgain();
      },
    );
  return (
    <RecordPage
      label="Trash"
      sum={operations.length > 0 && sumWords(named.length > 0 ? named : operations)}
      tools={
        <TrashTools
          run={run}
          operations={operations}
          chosen={named}
          busy={action.running}
          onBringBack={bringBack}
          onDelete={setDoomed}
        />
      }
      warning={
        <>
          <ProblemsSection title="Damaged records in the trash" problems={problems} />
          <DialogFailure failure={action.failure} />
        </>
      }
      details={
        current && (
          <TrashedDetails
            key={current.operation}
            run={run}
            trashed={current}
            busy={action.running}
            onBringBack={() => bringBack([current])}
            onDelete={() => setDoomed([current])}
          />
        )
      }
    >
      <TrashList
        answer={trash}
        operations={operations}
        currentId={currentId}
        onCurrent={setCurrent}
        chosen={new Set(named.map(({ operation }) => operation))}
        onChosen={choose}
      />
      <EmptyTrashDialog
        run={run}
        operations={doomed}
        onClose={() => setDoomed(null)}
        onDone={trash.askAgain}
      />
    </RecordPage>
  );
}

/** What can be done to those that are chosen, or to all. */
function TrashTools(props: {
  run: RunSummary;
  operations: readonly Trashed[];
  chosen: readonly Trashed[];
  busy: boolean;
  onBringBack: (wanted: readonly Trashed[]) => void;
  onDelete: (doomed: readonly Trashed[]) => void;
}) {
  const { operations, chosen, onBringBack, onDelete } = props;
  const button = { readOnly: props.run.readOnly, variant: 'default', disabled: props.busy } as const;
  if (operations.length === 0) return null;
  if (chosen.length === 0)
    return (
      <WritingButton {...button} onClick={() => onDelete(operations)}>
        Empty trash…
      </WritingButton>
    );
  return (
    <>
      <WritingButton {...button} onClick={() => onBringBack(chosen)}>
        Bring back selected
      </WritingButton>
      <WritingButton {...button} onClick={() => onDelete(chosen)}>
        Delete selected for good…
      </WritingButton>
    </>
  );
}

/** The operations that can be taken back, the newest first. */
function TrashList(props: {
  answer: Answer<unknown>;
  operations: readonly Trashed[];
  currentId: string | null;
  onCurrent: (operation: string) => void;
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
}) {
  const { answer, operations, currentId, onCurrent, chosen, onChosen } = props;
  const nothing = (
    <Notice title="The trash is empty">
      What you prune, move here or replace by a restore waits here until you delete it for good. What a save
      replaces or prunes by itself waits within the limits in Settings: at first 7 days and 20 GB, and less
      where the disk has no room for the next save.
    </Notice>
  );
  return (
    <RecordBody answer={answer} what="The trash" empty={operations.length === 0} nothing={nothing}>
      <RecordTable
        label="In the trash"
        columns={trashColumns(onCurrent)}
        records={operations}
        keyOf={({ operation }) => operation}
        current={currentId}
        onCurrent={onCurrent}
        chosen={chosen}
        onChosen={onChosen}
      />
    </RecordBody>
  );
}
