import { useMemo, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { keepPage, useKeptPage } from '../session/kept-view.ts';
import type { TabChoice } from '../tabs/TabStrip.tsx';
import { lostByRun } from '../trash/lost-words.ts';
import { trashVersions } from '../trash/trash-versions.ts';
import type { RunStore } from '../versions/run-store.ts';

type DialogKind =
  | 'prune'
  | 'backUp'
  | 'restore'
  | 'seal'
  | 'compare'
  | 'drift'
  | 'benchmark'
  | 'trash'
  | 'convert'
  | 'repair';

/** Which dialog is open, or was last: while it closes it still shows what it was about. */
export interface OpenDialog {
  kind: DialogKind | null;
  opened: boolean;
  /** The versions that it is about; none for the whole run. */
  rows: readonly VersionRow[];
}

/** The pages of a run, in the order of their tabs. */
export const runPages = [
  { value: 'versions', label: 'Versions' },
  { value: 'charts', label: 'Charts' },
  { value: 'sideBySide', label: 'Side by side' },
  { value: 'backups', label: 'Backups' },
  { value: 'trash', label: 'Trash' },
  { value: 'history', label: 'History' },
] as const satisfies TabChoice<string>[];
export type RunPage = (typeof runPages)[number]['value'];

/** What can be done to the open run, from wherever in the window. */
export interface RunActions {
  show: (page: RunPage) => void;
  open: (kind: DialogKind, rows?: readonly VersionRow[]) => void;
  close: () => void;
  /** Asks first where the best would go, or all that are intact. */
  trash: (rows: readonly VersionRow[]) => void;
  trashUnasked: (rows: readonly VersionRow[]) => void;
}

interface OpenParts {
  page: RunPage;
  dialog: OpenDialog;
  actions: RunActions;
}

export function useRunActions(store: RunStore): OpenParts {
  const kept = useKeptPage(store.runId);
  const page = runPages.find(({ value }) => value === kept)?.value ?? 'versions';
  const [dialog, setDialog] = useState<OpenDialog>({ kind: null, opened: false, rows: [] });
  const actions = useMemo<RunActions>(
    () => ({
      show: (shown) => keepPage(store.runId, shown),
      open: (kind, rows = []) => setDialog({ kind, opened: true, rows }),
      close: () => setDialog((open) => ({ ...open, opened: false })),
      trash: (rows) => {
        if (lostByRun(store.snapshot().list.rows(), rows).size === 0) void trashVersions(store, rows);
        else setDialog({ kind: 'trash', opened: true, rows });
      },
      trashUnasked: (rows) => void trashVersions(store, rows),
    }),
    [store],
  );
  return { page, dialog, actions };
}
