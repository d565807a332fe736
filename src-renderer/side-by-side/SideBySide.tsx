import { Button, Switch, TextInput } from '@mantine/core';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import { chooseRows } from '../../shared/comparison/choose-rows.ts';
import { compareVersions } from '../../shared/comparison/compare-versions.ts';
import { knownDirection } from '../../shared/model/metric.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { useChartChoice } from '../charts/useChartChoice.ts';
import { Choice } from '../choice/Choice.tsx';
import { plural } from '../format/plural.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import type { RunActions } from '../run/useRunActions.ts';
import type { MetricInfo } from '../versions/metric-catalog.ts';
import type { RunStore } from '../versions/run-store.ts';
import { BarsTools } from './BarsTools.tsx';
import { SideBySideExport } from './SideBySideExport.tsx';
import { SideBySideTable } from './SideBySideTable.tsx';
import { shownLines } from './shown-lines.ts';
import { useBars } from './useBars.ts';
import { useComparedVersions } from './useComparedVersions.ts';

/** Read when somebody first asks for bars. */
const BarsChart = lazy(async () => ({ default: (await import('./BarsChart.tsx')).BarsChart }));

interface Props {
  run: RunSummary;
  store: RunStore;
  /** At least two. */
  rows: readonly VersionRow[];
  metrics: readonly MetricInfo[];
  actions: RunActions;
}

const views = [
  { value: 'table' as const, label: 'Table' },
  { value: 'bars' as const, label: 'Bars' },
];

/** Versions as the columns of a table, or their metrics as bars. */
export function SideBySide({ run, store, rows, metrics, actions }: Props) {
  const [charts, change] = useChartChoice();
  const [choice, choose] = useState({ differencesOnly: true, words: '' });
  const [asked, setAsked] = useState<number | null>(null);
  const drawn = useRef<DrawnPicture | null>(null);
  const baseline = baselineOf(rows, asked);
  const lines = useLines(run, rows, choice);
  const bars = useBars(run, rows, metrics, baseline);
  const { asBars } = charts;
  return (
    <div className="side-by-side">
      <div className="side-tools" role="toolbar" aria-label="Side by side">
        <Choice
          label="Shown as"
          choices={views}
          value={asBars ? 'bars' : 'table'}
          onChange={(view) => change({ asBars: view === 'bars' })}
        />
        {asBars ? <BarsTools bars={bars} /> : <TableTools choice={choice} onChoice={choose} />}
        <span className="side-count">{plural(rows.length, 'version')}</span>
        <span className="toolbar-space" />
        <SideBySideExport
          shown={{ runId: run.runId, versions: rows.map(({ handle }) => handle), baseline, rows: choice }}
          drawn={asBars && bars.content.panels.length > 0 ? drawn : null}
        />
        <Button variant="default" onClick={() => actions.show('versions')}>
          Choose others
        </Button>
      </div>
      {asBars ? (
        <Suspense>
          <BarsChart content={bars.content} drawn={drawn} />
        </Suspense>
      ) : (
        <SideBySideTable
          rows={rows}
          lines={lines}
          baseline={baseline}
          onBaseline={(place) => setAsked(rows[place]?.handle ?? null)}
          onRemove={(row) => store.toggle(row.handle)}
          onWeights={(row) => actions.open('compare', [row, ...rows.slice(baseline, baseline + 1)])}
        />
      )}
    </div>
  );
}

interface RowChoice {
  differencesOnly: boolean;
  words: string;
}

function useLines(run: RunSummary, rows: readonly VersionRow[], choice: RowChoice) {
  const versions = useComparedVersions(run.runId, rows);
  const { metric, choices } = run;
  const sections = useMemo(
    () => compareVersions(versions, (name) => knownDirection(name, { metric, choices })),
    [versions, metric, choices],
  );
  return useMemo(() => shownLines(chooseRows(sections, choice)), [sections, choice]);
}

function TableTools({ choice, onChoice }: { choice: RowChoice; onChoice: (choice: RowChoice) => void }) {
  return (
    <>
      <TextInput
        className="side-find"
        size="xs"
        aria-label="Find a value by its name"
        placeholder="Find a value"
        maxLength={1000}
        value={choice.words}
        onChange={({ currentTarget }) => onChoice({ ...choice, words: currentTarget.value })}
      />
      <Switch
        size="xs"
        label="Differences only"
        checked={choice.differencesOnly}
        onChange={({ currentTarget }) => onChoice({ ...choice, differencesOnly: currentTarget.checked })}
      />
    </>
  );
}

/** The place of the version that the others are held against: the one that was asked for, else the best, else the first. */
function baselineOf(rows: readonly VersionRow[], asked: number | null): number {
  const place = rows.findIndex(({ handle }) => handle === asked);
  const best = rows.findIndex(({ is_best }) => is_best);
  return place >= 0 ? place : Math.max(best, 0);
}
