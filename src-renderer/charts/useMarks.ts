import { useMemo } from 'react';
import type { Marks } from '../plot/draw-marks.ts';
import type { Charted } from './charted.ts';
import { flagsOf } from './flags-of.ts';

/** What stands out among the versions drawn: those with a label, and what is chosen. */
export function useMarks(
  { named, snapshot }: Pick<Charted, 'named' | 'snapshot'>,
  slots: Uint32Array,
): Marks {
  const {
    list,
    choice: { chosen },
  } = snapshot;
  return useMemo(() => {
    const isChosen = slotSet(chosen, (handle) => list.slotOf(handle));
    const isDrawn = flagsOf(slots, list.slotCount);
    const marked = named.flatMap(({ row, label }) => {
      const slot = list.slotOf(row.handle);
      return slot !== undefined && isDrawn[slot] === 1 ? [{ slot, label }] : [];
    });
    return {
      chosen: isChosen.size === 0 ? none : slots.filter((slot) => isChosen.has(slot)),
      named: marked,
    };
  }, [list, chosen, slots, named]);
}

const none = new Uint32Array();

function slotSet(handles: ReadonlySet<number>, slotOf: (handle: number) => number | undefined): Set<number> {
  const slots = new Set<number>();
  for (const handle of handles) {
    const slot = slotOf(handle);
    if (slot !== undefined) slots.add(slot);
  }
  return slots;
}
