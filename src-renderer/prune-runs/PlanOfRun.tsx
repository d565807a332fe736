import { useCallback, useMemo } from 'react';
import { unpackRows } from '../../shared/ipc/packed-rows.ts';
import type { PlannedRun } from '../../shared/ipc/prune-runs-contract.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { RankingWarnings } from '../best/RankingWarnings.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { visibleText } from '../format/visible-text.ts';
import { PlanTable } from '../prune/PlanTable.tsx';
import { RowSlots } from '../versions/row-slots.ts';

interface Props {
  workspaceId: string;
  planned: PlannedRun;
  /** The metric that the plan goes by. */
  metric: string;
  stale: boolean;
}

/** The plan of one of several runs, version by version, or why it cannot be pruned. */
export function PlanOfRun({ workspaceId, planned: { run, plan, why, warnings }, metric, stale }: Props) {
  const ask = useCallback(
    () => window.cairn.request('listPlannedVersions', { workspaceId, run }),
    [workspaceId, run],
  );
  const { value, failure, waiting } = useAnswer(ask);
  const list = useMemo(
    () => value && !waiting && listOf(unpackRows(value.rows, workspaceId)),
    [value, waiting, workspaceId],
  );
  if (why !== null) return <p className="plan-why">{visibleText(why)}</p>;
  if (failure) return <DialogFailure failure={failure} />;
  if (!plan || !list) return null;
  return (
    <>
      <RankingWarnings warnings={warnings} />
      <PlanTable plan={plan} list={list} total={list.total} metric={metric} stale={stale} />
    </>
  );
}

function listOf(rows: readonly VersionRow[]) {
  const slots = new RowSlots();
  for (const row of rows) slots.set(row);
  return {
    total: slots.size,
    get: (handle: number) => slots.get(handle),
    rows: () => slots.rowsIn(Uint32Array.from(slots.rows.keys())),
  };
}
