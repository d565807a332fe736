import { useState } from 'react';
import type { Written } from '../../shared/ipc/handles.ts';
import type { MenuEntry, OpenMenu } from '../commands/ContextMenu.tsx';
import { plural } from '../format/plural.ts';
import { showGivenUp } from './show-given-up.ts';
import { useChosenTensors } from './useChosenTensors.ts';
import type { MenuPlace } from './useTreeCursor.ts';
import { useWork, type WorkState } from './useWork.ts';

/** What was written. */
export interface Exported extends Written {
  tensors: number;
  leftOut: number;
}

export interface TensorExport {
  work: WorkState<Exported>;
  chosen: ReadonlySet<number>;
  choose: (places: readonly number[]) => void;
  menu: OpenMenu | null;
  /** For a line of the tree; of one that is chosen it is about all that are. */
  openMenu: (places: readonly number[], at: MenuPlace) => void;
  /** About these tensors, or all. */
  openExports: (places: readonly number[] | null, at: MenuPlace) => void;
  closeMenu: () => void;
}

/** Tensors that are chosen, and the menus by which several are exported together. */
export function useTensorExport(contentsId: string): TensorExport {
  const { chosen, choose } = useChosenTensors();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const work = useWork<Exported>(showGivenUp);
  const entriesFor = (places: readonly number[] | null): MenuEntry[] => {
    const ask = (form: 'npz' | 'folder' | 'csv') => () =>
      work.start(() =>
        window.cairn.request('exportTensors', { contentsId, form, tensors: places && [...places] }),
      );
    return [
      { label: 'Export as one .npz…', run: ask('npz') },
      { label: 'Export as .npy in a folder…', run: ask('folder') },
      { label: 'Export as .csv in a folder…', run: ask('csv') },
    ];
  };
  const openMenu = (places: readonly number[], at: MenuPlace) => {
    const isChosen = places.every((place) => chosen.has(place));
    const meant = isChosen ? [...chosen] : places;
    const label = isChosen ? 'Unselect' : 'Choose';
    const choosing: MenuEntry = { label, shortcut: 'Ctrl+Space', run: () => choose(places) };
    setMenu({ label: plural(meant.length, 'tensor'), at, sections: [[choosing], entriesFor(meant)] });
  };
  const openExports = (places: readonly number[] | null, at: MenuPlace) =>
    setMenu({ label: 'Export tensors', at, sections: [entriesFor(places)] });
  return { work, chosen, choose, menu, openMenu, openExports, closeMenu: () => setMenu(null) };
}
