import { Button } from '@mantine/core';
import { useMemo } from 'react';
import type { RunsPruned } from '../../shared/ipc/prune-runs-contract.ts';
import { missing } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';
import { type RecordColumn, RecordTable } from '../records/RecordTable.tsx';
import type { LabelledRun } from '../workspace/label-runs.ts';
import { prunedRunWords, prunedWords } from './runs-plan-words.ts';
import type { PruningRuns } from './usePruningRuns.ts';

type PrunedRun = RunsPruned['runs'][number];

interface Props {
  pruned: RunsPruned;
  runs: ReadonlyMap<number, LabelledRun>;
  pruning: Pick<PruningRuns, 'undo' | 'undone'>;
  onClose: () => void;
}

/** What was done to each run, with the way back of each. */
export function PrunedRuns({ pruned, runs, pruning, onClose }: Props) {
  const { undo, undone } = pruning;
  const columns = useMemo(() => columnsOf(runs, undo, undone), [runs, undo, undone]);
  return (
    <>
      <p className="dialog-hint" role="status">
        {prunedWords(pruned)}. Each run keeps what went in its own trash.
      </p>
      <div className="plan">
        <RecordTable<PrunedRun>
          label="What was done"
          columns={columns}
          records={pruned.runs}
          keyOf={({ run }) => String(run)}
        />
      </div>
      <div className="dialog-foot">
        <Button onClick={onClose}>Done</Button>
      </div>
    </>
  );
}

function columnsOf(
  runs: Props['runs'],
  undo: PruningRuns['undo'],
  undone: ReadonlySet<number>,
): RecordColumn<PrunedRun>[] {
  return [
    {
      id: 'run',
      label: 'Run',
      width: 'minmax(120px, 1fr)',
      cell: ({ run }) => (
        <bdi title={visibleText(runs.get(run)?.path ?? '')}>{runs.get(run)?.label ?? missing}</bdi>
      ),
    },
    {
      id: 'done',
      label: 'What was done',
      width: 'minmax(180px, 2fr)',
      cell: (pruned) => {
        const words = undone.has(pruned.run)
          ? 'Undone: it is as it was'
          : visibleText(prunedRunWords(pruned));
        return <span title={words}>{words}</span>;
      },
    },
    {
      id: 'undo',
      label: '',
      width: '80px',
      align: 'end',
      cell: ({ run, operation }) =>
        operation !== null &&
        !undone.has(run) && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Undo in ${runs.get(run)?.label ?? ''}`}
            onClick={() => void undo(run)}
          >
            Undo
          </Button>
        ),
    },
  ];
}
