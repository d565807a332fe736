import { useMemo } from 'react';
import type { PlannedRun } from '../../shared/ipc/prune-runs-contract.ts';
import { EndKept } from '../format/EndKept.tsx';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCount, missing } from '../format/format-number.ts';
import { visibleText } from '../format/visible-text.ts';
import { type RecordColumn, RecordTable } from '../records/RecordTable.tsx';
import { gainWords } from '../trash/trash-words.ts';
import type { LabelledRun } from '../workspace/label-runs.ts';

interface Props {
  plans: readonly PlannedRun[];
  runs: ReadonlyMap<number, LabelledRun>;
  /** The run whose versions are shown beside. */
  current: number | null;
  stale: boolean;
  onCurrent: (run: number) => void;
}

/** What becomes of each run: how many of its versions go and stay, and what that frees. */
export function RunsPlanTable({ plans, runs, current, stale, onCurrent }: Props) {
  const columns = useMemo(() => columnsOf(runs, onCurrent), [runs, onCurrent]);
  return (
    <RecordTable<PlannedRun>
      label="The plan, run by run"
      columns={columns}
      records={plans}
      keyOf={({ run }) => String(run)}
      current={current === null ? null : String(current)}
      onCurrent={(key) => onCurrent(Number(key))}
      stale={stale}
    />
  );
}

function columnsOf(
  runs: ReadonlyMap<number, LabelledRun>,
  onCurrent: (run: number) => void,
): RecordColumn<PlannedRun>[] {
  return [
    {
      id: 'run',
      label: 'Run',
      width: 'minmax(132px, 1fr)',
      cell: ({ run, why }) => (
        <button
          type="button"
          className="link"
          title={why === null ? visibleText(runs.get(run)?.path ?? '') : visibleText(why)}
          onClick={() => onCurrent(run)}
        >
          <bdi>
            <EndKept name={runs.get(run)?.label ?? missing} />
          </bdi>
        </button>
      ),
    },
    {
      id: 'goes',
      label: 'Remove',
      width: '64px',
      align: 'end',
      cell: ({ plan }) => (
        <b className="plan-word" data-tone={plan && plan.removed > 0 ? 'goes' : 'stays'}>
          {plan ? formatCount(plan.removed) : missing}
        </b>
      ),
    },
    {
      id: 'stays',
      label: 'Keep',
      width: '56px',
      align: 'end',
      cell: ({ plan }) => (plan ? formatCount(plan.versions.length - plan.removed) : missing),
    },
    {
      id: 'frees',
      label: 'Frees',
      width: '92px',
      align: 'end',
      cell: ({ plan, why }) => (why === null ? freedBy(plan) : 'cannot'),
    },
  ];
}

/** What the disk gains once the trash is emptied; until that is known, what the files hold that go. */
function freedBy(plan: PlannedRun['plan']): string {
  if (!plan) return missing;
  return plan.gain ? gainWords(plan.gain) : `about ${formatBytes(plan.size)}`;
}
