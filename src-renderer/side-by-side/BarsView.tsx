import type { RefObject } from 'react';
import { onDemand } from '../app/on-demand.tsx';
import type { DrawnPicture } from '../plot/export-picture.ts';
import type { BarsContent } from './bars-picture.ts';

/** Read when somebody first asks for bars. */
const BarsChart = onDemand(async () => (await import('./BarsChart.tsx')).BarsChart);

interface Props {
  content: BarsContent;
  drawn: RefObject<DrawnPicture | null>;
}

/** Metrics of the versions as bars, or why there are none. */
export function BarsView({ content, drawn }: Props) {
  if (content.panels.length === 0)
    return (
      <div className="notice side-notice" role="status">
        <h2>There is nothing to draw</h2>
        <p>None of these versions has a metric. The table has what else they say.</p>
      </div>
    );
  return <BarsChart content={content} drawn={drawn} />;
}
