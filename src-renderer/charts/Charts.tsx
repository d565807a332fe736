import { Button } from '@mantine/core';
import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { leave } from '../table/useTableKeys.ts';
import { DetailsToggle } from '../toolbar/DetailsToggle.tsx';
import { FilterTools } from '../toolbar/FilterTools.tsx';
import { showAll } from '../versions/filter-rows.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import type { ChartName, PanelPlace } from './ChartPanel.tsx';
import { ParallelPanel } from './ParallelPanel.tsx';
import { RunLegend } from './RunLegend.tsx';
import { ScatterPanel } from './ScatterPanel.tsx';
import { TimelinePanel } from './TimelinePanel.tsx';
import { type ChartsGiven, useCharted } from './useCharted.ts';
import './charts.css';

interface Props extends ChartsGiven {
  /** Stands where charts would be while there is no version. */
  notice: ReactNode;
  details: ReactNode;
}

/** Versions as charts: what is filtered or chosen in one is so in all, and in the table. */
export function Charts({ notice, details, ...given }: Props) {
  const area = useRef<HTMLDivElement>(null);
  const [alone, setAlone] = useState<ChartName | null>(null);
  const { store, snapshot } = given;
  const { first, below } = useCharted(given);
  useEscape(area, store);
  const places = useMemo(() => placesOf(alone, setAlone), [alone]);
  const shows = (chart: ChartName) => snapshot.total > 0 && (alone === null || alone === chart);
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
      {first.kinds && <RunLegend kinds={first.kinds} />}
      <div className="run-content">
        <div ref={area} className="charts-area" tabIndex={-1}>
          {shows('scatter') && <ScatterPanel charted={first} place={places.scatter} />}
          {shows('timeline') && <TimelinePanel charted={below} place={places.timeline} />}
          {shows('parallel') && <ParallelPanel charted={below} place={places.parallel} />}
          {/* While a range is drawn it may be empty for a moment: the charts say so themselves. */}
          {snapshot.total === 0 && notice}
        </div>
        {details}
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
function useEscape(area: RefObject<HTMLElement | null>, store: VersionsStore): void {
  useEffect(() => {
    const element = area.current;
    const press = ({ key }: KeyboardEvent) => key === 'Escape' && leave(store);
    element?.addEventListener('keydown', press);
    return () => element?.removeEventListener('keydown', press);
  }, [area, store]);
}
