import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { BinView } from '../../shared/model/contents-view.ts';
import { Choice } from '../choice/Choice.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { Histogram } from './Histogram.tsx';
import { useWork } from './useWork.ts';
import { WorkBar } from './WorkBar.tsx';

interface Props {
  contentsId: string;
  place: number;
  readNow: boolean;
}

const scales = [
  { value: 'linear', label: 'Value' },
  { value: 'magnitude', label: 'Magnitude' },
] as const;
type Scale = (typeof scales)[number]['value'];

/** How the numbers are spread, by their value or by the powers of two they fall under. */
export function HistogramSection({ contentsId, place, readNow }: Props) {
  const [scale, setScale] = useState<Scale>('linear');
  /** How often it was asked for. */
  const [wanted, setWanted] = useState(readNow ? 1 : 0);
  const { start, ...work } = useWork<BinView[]>();
  useEffect(() => {
    if (wanted > 0) start(() => window.cairn.request('countBins', { contentsId, tensor: place, scale }));
  }, [start, wanted, contentsId, place, scale]);
  return (
    <section className="tensor-part" aria-label="Histogram">
      <div className="tensor-part-head">
        <h3>Histogram</h3>
        <Choice label="Scale" choices={scales} value={scale} onChange={setScale} />
      </div>
      <DialogFailure failure={work.failure} />
      {work.running && <WorkBar words="Counting" task={work.task} onCancel={work.cancel} />}
      {!work.running && work.value && <Histogram bins={work.value} />}
      {!work.running && !work.value && !work.failure && (
        <Button variant="default" className="on-demand" onClick={() => setWanted(wanted + 1)}>
          Draw the histogram
        </Button>
      )}
    </section>
  );
}
