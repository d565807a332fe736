import { useMemo, useState } from 'react';
import type { PrunePlan } from '../../shared/ipc/writing-contract.ts';
import { Choice } from '../choice/Choice.tsx';
import { formatCount } from '../format/format-number.ts';
import { RecordTable } from '../records/RecordTable.tsx';
import { planColumns } from './plan-columns.tsx';
import { type Fate, fatesOf, type Listed, orderVersions, type PlannedRow } from './plan-rows.ts';

interface Props {
  plan: PrunePlan;
  list: Listed;
  /** How many versions there are: the order is worked out anew when that changes. */
  total: number;
  metric: string;
  stale: boolean;
}

const fates: readonly { value: Fate; words: string }[] = [
  { value: 'goes', words: 'to remove' },
  { value: 'refused', words: 'always kept' },
  { value: 'stays', words: 'also kept' },
];

/** The plan, a line for each version: what becomes of it, and why. */
export function PlanTable({ plan, list, total, metric, stale }: Props) {
  const [fate, setFate] = useState<Fate | 'all'>('all');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is live; its order is worked out when it gets longer or shorter
  const order = useMemo(() => orderVersions(list), [list, total]);
  const rows = useMemo(() => fatesOf(plan, order), [plan, order]);
  const columns = useMemo(() => planColumns(list, metric), [list, metric]);
  // Kept while the next plan is on its way.
  const shown = useMemo(
    () => (fate === 'all' ? rows.goes.concat(rows.refused, rows.stays) : rows[fate]),
    [rows, fate],
  );
  return (
    <div className="plan">
      <Choice<Fate | 'all'>
        label="Which versions are listed"
        choices={[
          { value: 'all', label: `All ${formatCount(plan.versions.length)}` },
          ...fates
            .filter(({ value }) => rows[value].length > 0 || value === fate)
            .map(({ value, words }) => ({ value, label: `${formatCount(rows[value].length)} ${words}` })),
        ]}
        value={fate}
        onChange={setFate}
      />
      <RecordTable<PlannedRow>
        label="The plan"
        columns={columns}
        records={shown}
        keyOf={({ version }) => list.get(version)?.id ?? String(version)}
        stale={stale}
      />
    </div>
  );
}
