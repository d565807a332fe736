import { useCallback, useState } from 'react';

/** Places of tensors that are chosen, and the way to choose more, or those no longer that all are. */
export function useChosenTensors() {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const choose = useCallback(
    (places: readonly number[]) => setChosen((before) => toggleAll(before, places)),
    [],
  );
  return { chosen, choose };
}

export function toggleAll(chosen: ReadonlySet<number>, places: readonly number[]): ReadonlySet<number> {
  const isChosen = places.every((place) => chosen.has(place));
  const next = new Set(chosen);
  for (const place of places) {
    if (isChosen) next.delete(place);
    else next.add(place);
  }
  return next;
}
