import { useMemo } from 'react';
import { versionLabel } from '../format/format-version.ts';
import type { Marks } from '../plot/draw-marks.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';

/** What stands out among the versions drawn: the best, the latest, and what is chosen. */
export function useMarks({ list, choice: { chosen } }: VersionsSnapshot, slots: Uint32Array): Marks {
  const { best, latest } = list;
  return useMemo(() => {
    const isChosen = slotSet(chosen, (handle) => list.slotOf(handle));
    const named = [
      { row: best, word: 'best' },
      { row: latest, word: 'latest' },
    ].flatMap(({ row, word }) => {
      const slot = row && list.slotOf(row.handle);
      return row && typeof slot === 'number' && slots.includes(slot)
        ? [{ slot, label: `${word} ${shortened(versionLabel(row))}` }]
        : [];
    });
    return { chosen: isChosen.size === 0 ? none : slots.filter((slot) => isChosen.has(slot)), named };
  }, [list, chosen, slots, best, latest]);
}

/** File names may be long; their ends tell them apart. */
function shortened(name: string): string {
  return name.length <= 20 ? name : `…${name.slice(-18)}`;
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
