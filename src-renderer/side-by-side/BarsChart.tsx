import { type RefObject, useMemo, useRef } from 'react';
import { plural } from '../format/plural.ts';
import { useChartColours } from '../plot/chart-colours.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import { useChartSize, useEchart } from '../plot/useEchart.ts';
import { dotsFor, layOutBars } from './bars-layout.ts';
import { type BarsContent, barsPicture } from './bars-picture.ts';

interface Props {
  content: BarsContent;
  drawn: RefObject<DrawnPicture | null>;
}

/** Metrics of the versions as bars; as long as it takes, and scrolled through. */
export function BarsChart({ content, drawn }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const room = useChartSize(scroller);
  const colours = useChartColours();
  const { panels, versions } = content;
  const layout = useMemo(
    () => room && layOutBars(panels.length, versions, room.width),
    [room, panels.length, versions],
  );
  const size = useMemo(
    () => room && layout && { width: layout.width, height: layout.height, dots: dotsFor(layout, room.dots) },
    [room, layout],
  );
  const picture = useMemo(() => layout && barsPicture(content, layout, colours), [content, layout, colours]);
  useEchart(host, size, picture, colours, drawn);
  const names = panels.map(({ label }) => label).join(', ');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys
    <section ref={scroller} className="side-bars" tabIndex={0} aria-label="Bars of the chosen metrics">
      <div
        role="img"
        aria-label={`${plural(versions.length, 'version')} as bars of ${names}`}
        style={{ height: layout?.height ?? 0 }}
      >
        <div ref={host} className="side-bars-picture" aria-hidden="true" />
      </div>
    </section>
  );
}
