import { Button, NativeSelect } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback, useMemo, useState } from 'react';
import type { LogLine } from '../../shared/ipc/writing-contract.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAction } from '../dialogs/useAction.ts';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { plural } from '../format/plural.ts';
import { RecordBody } from '../records/RecordBody.tsx';
import { RecordPage } from '../records/RecordPage.tsx';
import { RecordTable } from '../records/RecordTable.tsx';
import { Notice } from '../run/Notice.tsx';
import { undoneWords } from '../undo/undone-words.ts';
import { waysBack } from '../undo/ways-back.ts';
import { HistoryDetails } from './HistoryDetails.tsx';
import { historyColumns } from './history-columns.tsx';
import { commandWords } from './history-words.ts';
import { numberLines } from './numbered-lines.ts';
import './history.css';

interface Props {
  run: RunSummary;
  /** Asked for again when this changes. */
  revision: unknown;
}

const nothing: { lines: LogLine[]; older: number } = { lines: [], older: 0 };

/** Everything that was done to the run, the newest first. */
export function HistoryPage({ run, revision }: Props) {
  const { runId } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes the run is in its log
  const ask = useCallback(() => window.cairn.request('listLog', { runId }), [runId, revision]);
  const log = useAnswer(ask);
  const action = useAction(log.askAgain);
  const [kind, setKind] = useState<string | null>(null);
  const [currentKey, setCurrent] = useState<string | null>(null);
  const { lines, older } = log.value ?? nothing;
  const numbered = useMemo(() => numberLines(lines, older), [lines, older]);
  const shown = kind === null ? numbered : numbered.filter(({ line }) => line.command === kind);
  const current = numbered.find(({ key }) => key === currentKey)?.line ?? null;
  const undo = (operation: string) =>
    action.run(
      () => window.cairn.request('undo', { runId, operation }),
      (undone) => {
        waysBack.removeOperations(runId, [operation]);
        notifications.show({ message: `Undone: ${undoneWords(undone)}` });
        log.askAgain();
      },
    );
  return (
    <RecordPage
      label="History"
      sum={lines.length > 0 && sumWords(shown.length, older)}
      tools={lines.length > 0 && <KindFilter lines={lines} kind={kind} onChange={setKind} />}
      warning={<DialogFailure failure={action.failure} />}
      details={
        current && (
          <HistoryDetails line={current}>
            {current.operation !== null && (
              <Undo run={run} operation={current.operation} busy={action.running} onUndo={undo} />
            )}
          </HistoryDetails>
        )
      }
    >
      <RecordBody
        answer={log}
        what="The history"
        empty={lines.length === 0}
        nothing={
          <Notice title="No history yet">
            Every save, prune, move, restore and backup is listed here, with who did it and how it ended.
          </Notice>
        }
      >
        <RecordTable
          label="History"
          columns={historyColumns(setCurrent)}
          records={shown}
          keyOf={({ key }) => key}
          current={currentKey}
          onCurrent={setCurrent}
        />
      </RecordBody>
    </RecordPage>
  );
}

function sumWords(count: number, older: number): string {
  const told = plural(count, 'entry', 'entries');
  return older > 0 ? `${told}; ${plural(older, 'older one')} with cairn log` : told;
}

function KindFilter(props: {
  lines: readonly LogLine[];
  kind: string | null;
  onChange: (kind: string | null) => void;
}) {
  const kinds = [...new Set(props.lines.map(({ command }) => command))].sort();
  return (
    <NativeSelect
      size="xs"
      aria-label="Which kind"
      data={[
        { value: '', label: 'Everything' },
        ...kinds.map((value) => ({ value, label: commandWords(value) })),
      ]}
      value={props.kind ?? ''}
      onChange={({ currentTarget }) => props.onChange(currentTarget.value || null)}
    />
  );
}

function Undo(props: {
  run: RunSummary;
  operation: string;
  busy: boolean;
  onUndo: (operation: string) => void;
}) {
  const { run, operation, busy, onUndo } = props;
  return (
    <>
      <div className="record-buttons">
        <Button disabled={busy || run.readOnly} onClick={() => onUndo(operation)}>
          Undo
        </Button>
      </div>
      <CommandLine calls={[{ command: 'undo', words: [run.folder, operation] }]} />
    </>
  );
}
