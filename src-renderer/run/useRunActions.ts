import { useMemo, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { keepPage, useKeptPage } from '../session/kept-view.ts';
import type { TabChoice } from '../tabs/TabStrip.tsx';
import { trashVersions } from '../trash/trash-versions.ts';
import type { RunStore } from '../versions/run-store.ts';

type DialogKind = 'prune' | 'backUp' | 'restore' | 'seal' | 'compare' | 'drift' | 'benchmark';

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
  trash: (rows: readonly VersionRow[]) => void;
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
      trash: (rows) => void trashVersions(store, rows),
    }),
    [store],
  );
  return { page, dialog, actions };
}
