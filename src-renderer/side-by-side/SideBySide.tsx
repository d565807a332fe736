import { useRef, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { useChartChoice } from '../charts/useChartChoice.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunActions } from '../run/useRunActions.ts';
import type { MetricInfo } from '../versions/metric-catalog.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import { BarsTools } from './BarsTools.tsx';
import { BarsView } from './BarsView.tsx';
import type { BarsMeaning } from './bars-picture.ts';
import { SideBySideFrame } from './SideBySideFrame.tsx';
import { SideBySideTable } from './SideBySideTable.tsx';
import { TableTools } from './TableTools.tsx';
import { useBars } from './useBars.ts';
import { useLines } from './useLines.ts';

interface Props {
  runs: TableRuns;
  store: VersionsStore;
  /** At least two. */
  rows: readonly VersionRow[];
  metrics: readonly MetricInfo[];
  actions: RunActions;
}

/** Nothing is worked out for bars that are not shown. */
const none: readonly MetricInfo[] = [];

/** Versions as the columns of a table, or their metrics as bars; what is chosen of one view is there when it comes back. */
export function SideBySide({ runs, store, rows, metrics, actions }: Props) {
  const [{ asBars }] = useChartChoice();
  const [choice, choose] = useState({ differencesOnly: true, words: '' });
  const [asked, setAsked] = useState<number | null>(null);
  const [meaning, setMeaning] = useState<BarsMeaning>('values');
  const drawn = useRef<DrawnPicture | null>(null);
  const baseline = baselineOf(rows, asked);
  const sides = { runs, rows, baseline, choice, actions };
  const lines = useLines(sides);
  const bars = useBars(sides, asBars ? metrics : none, meaning);
  const barsTools = <BarsTools bars={bars} onMeaning={setMeaning} />;
  return (
    <SideBySideFrame
      sides={sides}
      tools={asBars ? barsTools : <TableTools choice={choice} onChoice={choose} />}
      drawn={asBars && bars.content.panels.length > 0 ? drawn : null}
    >
      {asBars ? (
        <BarsView content={bars.content} drawn={drawn} />
      ) : (
        <SideBySideTable
          runs={runs}
          rows={rows}
          lines={lines}
          baseline={baseline}
          onEqual={choice.words.trim() === '' ? () => choose({ ...choice, differencesOnly: false }) : null}
          onBaseline={(place) => setAsked(rows[place]?.handle ?? null)}
          onRemove={(row) => store.toggle(row.handle)}
          onWeights={(row) => actions.open('compare', [row, ...rows.slice(baseline, baseline + 1)])}
        />
      )}
    </SideBySideFrame>
  );
}

/** The place of the version that the others are held against: the one that was asked for, else the best, else the first. */
function baselineOf(rows: readonly VersionRow[], asked: number | null): number {
  const place = rows.findIndex(({ handle }) => handle === asked);
  const best = rows.findIndex(({ is_best }) => is_best);
  return place >= 0 ? place : Math.max(best, 0);
}
