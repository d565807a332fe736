import { useState } from 'react';
import { mostCompared } from '../../shared/comparison/compare-versions.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { plural } from '../format/plural.ts';
import { Notice } from '../run/Notice.tsx';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunActions } from '../run/useRunActions.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import { type ComparisonOffer, NothingToCompare } from './NothingToCompare.tsx';
import { SideBySide } from './SideBySide.tsx';
import './side-by-side.css';

interface Props {
  runs: TableRuns;
  store: VersionsStore;
  snapshot: VersionsSnapshot;
  actions: RunActions;
  /** What may be compared while nothing is chosen. */
  offer: ComparisonOffer;
}

/** The chosen versions side by side: metrics against a baseline, progress, training state, config. */
export function SideBySidePage({ runs, store, snapshot, actions, offer }: Props) {
  const { list, choice, metrics } = snapshot;
  const chosen = useStableRows([...choice.chosen].flatMap((handle) => list.get(handle) ?? []));
  if (chosen.length < 2) return <NothingToCompare store={store} offer={offer} />;
  if (chosen.length > mostCompared)
    return (
      <Notice title={`${plural(chosen.length, 'version')} are too many to stand side by side`}>
        Choose {mostCompared} or fewer: each gets a column, and its whole record is read.
      </Notice>
    );
  return <SideBySide runs={runs} store={store} rows={chosen} metrics={metrics} actions={actions} />;
}

/** The same array as long as its rows are the same. */
function useStableRows(rows: readonly VersionRow[]): readonly VersionRow[] {
  const [kept, keep] = useState(rows);
  const isSame = kept.length === rows.length && kept.every((row, index) => row === rows[index]);
  if (!isSame) keep(rows);
  return isSame ? kept : rows;
}
