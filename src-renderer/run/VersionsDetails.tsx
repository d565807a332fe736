import { clamp } from '@mantine/hooks';
import { type ReactNode, useDeferredValue, useMemo } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { changePreferences, usePreferences } from '../app/usePreferences.ts';
import { DetailsPanel } from '../details/DetailsPanel.tsx';
import { PanelEdge } from '../resize/PanelEdge.tsx';
import { chosenRows, rowOf, type VersionsSnapshot, type VersionsStore } from '../versions/versions-store.ts';
import type { TableRuns } from './table-runs.ts';
import type { RunActions } from './useRunActions.ts';

interface Props {
  runs: TableRuns;
  store: VersionsStore;
  snapshot: VersionsSnapshot;
  actions: RunActions;
  /** What they are of while no version is chosen. */
  overview: { title: string; body: ReactNode };
}

/** The details of what is chosen, unless they are closed. */
export function VersionsDetails({ runs, store, snapshot, actions, overview }: Props) {
  const { detailsOpen, detailsWidth } = usePreferences();
  const chosen = useDeferredValue(snapshot);
  const rows = useMemo(() => readTogether(chosen), [chosen]);
  return (
    detailsOpen && (
      <>
        <PanelEdge
          label="Width of the details"
          panel="after"
          width={detailsWidth}
          usual={clamp(window.innerWidth / 4, 292, 420)}
          least={260}
          left={320}
          onResize={resize}
        />
        <DetailsPanel
          runs={runs}
          rows={rows}
          store={store}
          actions={actions}
          overview={overview}
          onClose={() => showDetails(false)}
        />
      </>
    )
  );
}

/** The rows of a choice of several that are shown; one alone may be hidden by the filter and still be read. */
function readTogether(snapshot: VersionsSnapshot): readonly VersionRow[] {
  if (snapshot.choice.chosen.size > 1) return chosenRows(snapshot);
  const row = rowOf(snapshot, snapshot.selected);
  return row ? [row] : [];
}

/** Opens the details, or closes them, on every page. */
export function showDetails(detailsOpen: boolean): void {
  changePreferences((preferences) => ({ ...preferences, detailsOpen }));
}

function resize(detailsWidth: number | null): void {
  const narrow = detailsWidth === null ? {} : { detailsWide: false };
  changePreferences((preferences) => ({ ...preferences, detailsWidth, ...narrow }));
}
