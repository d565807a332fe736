import { Button } from '@mantine/core';
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { useHyperparameters } from '../hyperparameters/useHyperparameters.ts';
import { RunDetails } from '../run/RunDetails.tsx';
import { RunNotice } from '../run/RunNotice.tsx';
import type { RunActions } from '../run/useRunActions.ts';
import { leave } from '../table/useTableKeys.ts';
import { DetailsToggle } from '../toolbar/DetailsToggle.tsx';
import { FilterTools } from '../toolbar/FilterTools.tsx';
import { showAll } from '../versions/filter-rows.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import type { ChartName, PanelPlace } from './ChartPanel.tsx';
import { chartMeasures } from './chart-measures.ts';
import { measuresUsed } from './chart-preferences.ts';
import { ParallelPanel } from './ParallelPanel.tsx';
import { ScatterPanel } from './ScatterPanel.tsx';
import { TimelinePanel } from './TimelinePanel.tsx';
import { useChartChoice } from './useChartChoice.ts';
import { useDetail } from './useDetail.ts';
import './charts.css';

interface Props {
  run: RunSummary;
  store: RunStore;
  snapshot: VersionsSnapshot;
  actions: RunActions;
}

/** The versions of a run as charts: what is filtered or chosen in one is so in all, and in the table. */
export function ChartsPage({ run, store, snapshot, actions }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const [alone, setAlone] = useState<ChartName | null>(null);
  const { name, mode, source } = run.metric;
  const [charts] = useChartChoice();
  const { ranges } = snapshot.filter;
  const used = useMemo(() => measuresUsed(charts, ranges), [charts, ranges]);
  const trained = useHyperparameters(store, snapshot, used);
  const measures = useMemo(
    () => [...chartMeasures(snapshot.metrics, [{ name, mode, source }]), ...trained],
    [snapshot.metrics, name, mode, source, trained],
  );
  useEscape(area, store);
  const places = useMemo(() => placesOf(alone, setAlone), [alone]);
  const shows = (chart: ChartName) => alone === null || alone === chart;
  const shared = { run, store, snapshot, measures, detail: useDetail(snapshot.shown) };
  return (
    <div className="charts-page">
      <div className="toolbar" role="toolbar" aria-label="Charts">
        <FilterTools store={store} snapshot={snapshot} onLeave={() => area.current?.focus()} />
        {snapshot.shown.length < snapshot.total && (
          <Button variant="default" onClick={() => store.setFilter(showAll)}>
            Show all versions
          </Button>
        )}
        <DetailsToggle />
      </div>
      <div className="run-content">
        <div ref={area} className="charts-area" tabIndex={-1}>
          {shows('scatter') && <ScatterPanel {...shared} place={places.scatter} />}
          {shows('timeline') && <TimelinePanel {...shared} place={places.timeline} />}
          {shows('parallel') && <ParallelPanel {...shared} place={places.parallel} />}
          {/* While a range is drawn it may be empty for a moment: the charts say so themselves. */}
          {snapshot.total === 0 && <RunNotice run={run} store={store} snapshot={snapshot} />}
        </div>
        <RunDetails run={run} store={store} snapshot={snapshot} actions={actions} />
      </div>
    </div>
  );
}

function placesOf(
  alone: ChartName | null,
  setAlone: (chart: ChartName | null) => void,
): Record<ChartName, PanelPlace> {
  const placeOf = (chart: ChartName): PanelPlace => ({
    enlarged: alone === chart,
    onEnlarge: (enlarged) => setAlone(enlarged ? chart : null),
  });
  return { scatter: placeOf('scatter'), timeline: placeOf('timeline'), parallel: placeOf('parallel') };
}

/** Esc leaves a choice of several, then the filter, as in the table; what is open above the page closes by itself. */
function useEscape(area: RefObject<HTMLElement | null>, store: RunStore): void {
  useEffect(() => {
    const element = area.current;
    const press = ({ key }: KeyboardEvent) =>
      key === 'Escape' && leave(store, () => store.setFilter(showAll));
    element?.addEventListener('keydown', press);
    return () => element?.removeEventListener('keydown', press);
  }, [area, store]);
}
