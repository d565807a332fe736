import { useCallback, useState } from 'react';
import type { PeekedValue } from '../../shared/model/contents-view.ts';
import { Choice } from '../choice/Choice.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { useAnswer } from '../dialogs/useAnswer.ts';
import { ByteGrid } from './ByteGrid.tsx';
import { HeatMap } from './HeatMap.tsx';
import { NumberGrid } from './NumberGrid.tsx';
import { SlicePicker } from './SlicePicker.tsx';
import { firstPlace, sliceAt } from './slice-grid.ts';

interface Props {
  contentsId: string;
  place: number;
  shape: readonly number[];
  /** Where its elements begin in their storage, in bytes. */
  first: number;
}

const looks = [
  { value: 'colours', label: 'Colours' },
  { value: 'numbers', label: 'Numbers' },
  { value: 'bytes', label: 'Bytes' },
] as const;

/** Some of the elements as they stand, as colours, as numbers or as bytes. */
export function SliceSection({ contentsId, place, shape, first }: Props) {
  const [look, setLook] = useState<(typeof looks)[number]['value']>('colours');
  const [slice, setSlice] = useState(() => firstPlace(shape));
  const grid = sliceAt(shape, slice);
  const wanted = JSON.stringify(grid.ranges);
  const ask = useCallback(
    () => window.cairn.request('peekTensor', { contentsId, tensor: place, ranges: JSON.parse(wanted) }),
    [contentsId, place, wanted],
  );
  const { value, failure, waiting } = useAnswer(ask);
  const values = value?.json ? (JSON.parse(value.json) as PeekedValue[]) : null;
  const fits = values !== null && !waiting && values.length === grid.rows * grid.columns;
  return (
    <section className="tensor-part" aria-label="Elements">
      <div className="tensor-part-head">
        <h3>Elements</h3>
        {look !== 'bytes' && <SlicePicker shape={shape} place={slice} grid={grid} onChange={setSlice} />}
        <Choice label="Shown as" choices={looks} value={look} onChange={setLook} />
      </div>
      <DialogFailure failure={failure} />
      {value?.json === null && <p className="dialog-hint">Its elements cannot be shown.</p>}
      {fits && look === 'colours' && <HeatMap grid={grid} values={values} />}
      {look === 'bytes' && <ByteGrid contentsId={contentsId} place={place} first={first} />}
      {fits && look === 'numbers' && <NumberGrid grid={grid} values={values} />}
    </section>
  );
}
