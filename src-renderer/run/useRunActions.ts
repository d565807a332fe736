import { useMemo, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { trashVersion } from '../trash/trash-version.ts';
import type { RunStore } from '../versions/run-store.ts';

type DialogKind = 'prune' | 'backUp' | 'restore' | 'trash' | 'compare' | 'drift';

/** Which dialog is open, or was last: while it closes it still shows what it was about. */
export interface OpenDialog {
  kind: DialogKind | null;
  opened: boolean;
  /** The one version that it is about; null for the whole run. */
  row: VersionRow | null;
  /** What it is compared with; null for one that suggests itself. */
  other: VersionRow | null;
}

/** What can be done to the open run, from wherever in the window. */
export interface RunActions {
  open: (kind: DialogKind, row?: VersionRow, other?: VersionRow) => void;
  close: () => void;
  trash: (row: VersionRow) => void;
}

export function useRunActions(store: RunStore): { dialog: OpenDialog; actions: RunActions } {
  const [dialog, setDialog] = useState<OpenDialog>({ kind: null, opened: false, row: null, other: null });
  const actions = useMemo<RunActions>(
    () => ({
      open: (kind, row, other) => setDialog({ kind, opened: true, row: row ?? null, other: other ?? null }),
      close: () => setDialog((open) => ({ ...open, opened: false })),
      trash: (row) => void trashVersion(store, row),
    }),
    [store],
  );
  return { dialog, actions };
}
