import type { PlotActions } from '../plot/PlotSurface.tsx';
import type { VersionsStore } from '../versions/versions-store.ts';

/** What choosing in a chart does to what is chosen everywhere. */
export function chooseIn(store: VersionsStore): Pick<PlotActions, 'onPick' | 'onRegion'> {
  const { list } = store.snapshot();
  const handleOf = (slot: number) => list.rowIn(slot)?.handle;
  return {
    onPick: (slot, more) => pick(store, slot === null ? undefined : handleOf(slot), more),
    onRegion: (slots, more) => {
      const before = more ? store.snapshot().choice.chosen : [];
      store.chooseAll([...before, ...slots.flatMap((slot) => handleOf(slot) ?? [])]);
    },
  };
}

function pick(store: VersionsStore, handle: number | undefined, more: boolean): void {
  if (handle !== undefined && more) store.toggle(handle);
  else if (!more) store.select(handle ?? null);
}
