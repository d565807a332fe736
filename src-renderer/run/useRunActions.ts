import { useMemo, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { trashVersions } from '../trash/trash-versions.ts';
import type { RunStore } from '../versions/run-store.ts';

type DialogKind = 'prune' | 'backUp' | 'restore' | 'trash' | 'compare' | 'drift';

/** Which dialog is open, or was last: while it closes it still shows what it was about. */
export interface OpenDialog {
  kind: DialogKind | null;
  opened: boolean;
  /** The versions that it is about; none for the whole run. */
  rows: readonly VersionRow[];
}

/** What can be done to the open run, from wherever in the window. */
export interface RunActions {
  open: (kind: DialogKind, rows?: readonly VersionRow[]) => void;
  close: () => void;
  trash: (rows: readonly VersionRow[]) => void;
}

export function useRunActions(store: RunStore): { dialog: OpenDialog; actions: RunActions } {
  const [dialog, setDialog] = useState<OpenDialog>({ kind: null, opened: false, rows: [] });
  const actions = useMemo<RunActions>(
    () => ({
      open: (kind, rows = []) => setDialog({ kind, opened: true, rows }),
      close: () => setDialog((open) => ({ ...open, opened: false })),
      trash: (rows) => void trashVersions(store, rows),
    }),
    [store],
  );
  return { dialog, actions };
}
