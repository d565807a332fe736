import { useMemo } from 'react';
import { sortIndices } from '../../shared/query/sort-indices.ts';
import { type ChartColumn, ChartTable } from './ChartTable.tsx';
import type { Charted } from './charted.ts';
import { type Milestone, milestoneColumns } from './milestones.ts';
import { measureColumns } from './point-words.ts';
import type { Strip, TimelineChoice, TimelineData } from './useTimeline.ts';

interface Props {
  choice: TimelineChoice;
  data: TimelineData;
  charted: Charted;
  milestones: readonly Milestone[];
}

/** The versions of a timeline in its order, and where each was the best so far; then what was done to the run. */
export function TimelineTable({ choice: { over, strips }, data, charted, milestones }: Props) {
  const { shown } = charted.snapshot;
  const ordered = useMemo(
    () =>
      sortIndices(
        shown.filter((slot) => Number.isFinite(data.x[slot])),
        data.x,
        'min',
      ),
    [shown, data.x],
  );
  const columns = [...measureColumns(charted, [over, ...strips]), ...data.strips.flatMap(bestColumn)];
  const names = strips.map(({ label }) => label).join(', ');
  return (
    <>
      <ChartTable caption={`${names} over ${over.label}`} slots={ordered} columns={columns} />
      {milestones.length > 0 && (
        <ChartTable
          caption="Backups and prunes"
          slots={Uint32Array.from(milestones, (_, index) => index)}
          columns={milestoneColumns(milestones, over)}
        />
      )}
    </>
  );
}

function bestColumn({ measure, better }: Strip): ChartColumn[] {
  if (!better) return [];
  const isBetter = new Set(better.flatMap((slots) => [...slots]));
  const text = (slot: number) => (isBetter.has(slot) ? 'best so far' : '');
  return [{ label: `Best ${measure.label}`, align: 'left', text }];
}
