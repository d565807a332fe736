import type { ReactNode } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { Detail } from '../plot/detail.ts';
import type { Kinds } from '../plot/kinds.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import type { ChartMeasure } from './chart-measures.ts';
import type { Directions } from './useDirections.ts';
import type { Usual } from './usual-measures.ts';

/** What all charts of a page are drawn from. */
export interface Charted {
  runs: TableRuns;
  store: VersionsStore;
  snapshot: VersionsSnapshot;
  measures: readonly ChartMeasure[];
  directions: Directions;
  /** What is shown until somebody chooses otherwise. */
  usual: Usual;
  /** The runs that versions are coloured by, where those are of several. */
  kinds: Kinds | null;
  /** Versions that stand out by a label. */
  named: readonly NamedVersion[];
  detail: Detail;
  /** What is to be said of measures that a chart shows. */
  notes: (measures: readonly ChartMeasure[]) => ReactNode;
}

export interface NamedVersion {
  row: VersionRow;
  label: string;
}
