import { useMemo } from 'react';
import { ChartTable } from './ChartTable.tsx';
import type { Charted } from './charted.ts';
import { measureColumns } from './point-words.ts';
import type { ScatterChoice, ScatterData } from './useScatter.ts';

interface Props {
  choice: ScatterChoice;
  data: ScatterData;
  charted: Charted;
}

/** The points of a scatter as rows: those on the front first, then the others in the order of the versions. */
export function ScatterTable({ choice: { x, y, colour }, data: { slots, front }, charted }: Props) {
  const { onFront, ordered } = useMemo(() => frontFirst(slots, front), [slots, front]);
  const columns = measureColumns(charted, colour ? [y, x, colour] : [y, x]);
  const frontColumn = {
    label: 'Pareto front',
    align: 'left' as const,
    text: (slot: number) => (onFront.has(slot) ? 'on it' : ''),
  };
  return (
    <ChartTable
      caption={`${y.label} against ${x.label}`}
      slots={ordered}
      columns={front ? [...columns, frontColumn] : columns}
    />
  );
}

function frontFirst(slots: Uint32Array, front: Uint32Array | null) {
  const onFront = new Set(front);
  const others = slots.filter((slot) => !onFront.has(slot));
  return { onFront, ordered: Uint32Array.from([...onFront, ...others]) };
}
