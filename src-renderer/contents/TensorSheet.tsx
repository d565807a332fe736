import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { TensorView } from '../../shared/model/contents-view.ts';
import { CommandLine } from '../command/CommandLine.tsx';
import { DialogFailure } from '../dialogs/DialogFailure.tsx';
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { formatCount } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import { DamagedMembers } from './DamagedMembers.tsx';
import { type Export, ExportButtons } from './ExportButtons.tsx';
import { HistogramSection } from './HistogramSection.tsx';
import {
  formatMeasure,
  formatNearOverflow,
  formatShape,
  type MeasuredTensors,
  type Measures,
} from './measures.ts';
import { SliceSection } from './SliceSection.tsx';
import { numbersWords } from './stored-words.ts';
import type { OpenedContents } from './useContents.ts';
import { useWork } from './useWork.ts';
import { WorkBar } from './WorkBar.tsx';
import './tensor-sheet.css';

interface Props {
  opened: OpenedContents;
  place: number;
  tensor: TensorView;
}

/** Larger tensors are read when that is asked for. In bytes. */
const readAtOnce = 64 * 1024 * 1024;

/** A tensor by its numbers: what they come to, how they are spread, some of them, and the way to take them along. */
export function TensorSheet({ opened: { contentsId, path }, place, tensor }: Props) {
  const { dtype, shape, parameters, bytes } = tensor;
  const words = numbersWords(tensor);
  return (
    <>
      <p className="tensor-facts">
        {visibleText(dtype)} · {formatShape(shape)} · {plural(parameters, 'element')} ·{' '}
        <span title={exactBytes(bytes)}>{formatBytes(bytes)}</span>
      </p>
      <p className="tensor-facts">{placeWords(tensor)}</p>
      {words && <p className="tensor-facts">{words}</p>}
      {tensor.not_measured !== null && (
        <p className="dialog-hint">Not measured: {visibleText(tensor.not_measured)}.</p>
      )}
      {!tensor.readable && tensor.not_measured === null && (
        <Statistics contentsId={contentsId} place={place} tensor={tensor} />
      )}
      {tensor.readable && (
        <>
          {tensor.not_measured === null && (
            <Statistics contentsId={contentsId} place={place} tensor={tensor} />
          )}
          <HistogramSection contentsId={contentsId} place={place} readNow={bytes <= readAtOnce} />
          <SliceSection contentsId={contentsId} place={place} shape={shape} first={firstByte(tensor)} />
          <CommandLine calls={[{ command: 'inspect', options: ['--stats'], words: [path] }]} />
          <ExportButtons exports={exportsOf(contentsId, place)} />
        </>
      )}
    </>
  );
}

function exportsOf(contentsId: string, tensor: number): Export[] {
  const ask = (format: 'npy' | 'csv') => () =>
    window.cairn.request('exportTensor', { contentsId, tensor, format });
  return [
    { label: 'Export as .npy…', ask: ask('npy') },
    { label: 'Export as CSV…', ask: ask('csv') },
  ];
}

/** What it is for, and where in the file its elements are. */
function placeWords({ part, storage, offset, stride, shared, device }: TensorView): string {
  const role = {
    model: 'weights',
    optimizer: 'state of the optimizer',
    other: 'neither weights nor optimizer',
  };
  return [
    role[part],
    storage === null ? [] : `storage ${visibleText(storage)}${shared ? ', shared' : ''}`,
    offset === null ? [] : `offset ${formatCount(offset)}`,
    stride === null || stride.length === 0 ? [] : `stride ${stride.map(formatCount).join(', ')}`,
    device === null ? [] : `saved from ${visibleText(device)}`,
  ]
    .flat()
    .join(' · ');
}

function firstByte({ offset, bytes, parameters }: TensorView): number {
  return parameters === 0 ? 0 : Math.floor((offset ?? 0) * (bytes / parameters));
}

interface StatisticsProps {
  contentsId: string;
  place: number;
  tensor: TensorView;
}

function Statistics({ contentsId, place, tensor }: StatisticsProps) {
  const { start, ...work } = useWork<MeasuredTensors>();
  const measure = () => start(() => window.cairn.request('measureTensors', { contentsId, tensors: [place] }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each tensor
  useEffect(() => {
    if (tensor.bytes <= readAtOnce) measure();
  }, [contentsId, place]);
  if (work.running) return <WorkBar words="Measuring" task={work.task} onCancel={work.cancel} />;
  if (work.failure) return <DialogFailure failure={work.failure} />;
  if (!work.value) {
    return (
      <Button variant="default" className="on-demand" onClick={measure}>
        Measure it ({formatBytes(tensor.bytes)})
      </Button>
    );
  }
  const { statistics, damaged } = work.value;
  const [measures] = statistics;
  return (
    <>
      {measures ? (
        <Numbers measures={measures} />
      ) : (
        <p className="dialog-hint">Its elements cannot be measured.</p>
      )}
      <DamagedMembers damaged={damaged} />
    </>
  );
}

function Numbers({ measures }: { measures: Measures }) {
  const { count, nan, posinf, neginf, zeros, subnormals } = measures;
  const { dead_rows: deadRows, near_overflow: near } = measures;
  const numbers: (readonly [string, string, boolean?])[] = [
    ['Count', formatCount(count)],
    ['NaN', formatCount(nan), nan > 0],
    ['+∞', formatCount(posinf), posinf > 0],
    ['−∞', formatCount(neginf), neginf > 0],
    ['Zeros', formatCount(zeros)],
    ['Subnormal', formatCount(subnormals)],
    ...(near === null ? [] : [['Near overflow', formatNearOverflow(near, count), near > 0] as const]),
    ...(deadRows === null ? [] : [['Rows of zeros', formatCount(deadRows)] as [string, string]]),
    ['Min', formatMeasure(measures.min)],
    ['Max', formatMeasure(measures.max)],
    ['Max abs', formatMeasure(measures.max_abs)],
    ['Mean', formatMeasure(measures.mean)],
    ['Std', formatMeasure(measures.std)],
    ['L1 norm', formatMeasure(measures.l1)],
    ['L2 norm', formatMeasure(measures.l2)],
  ];
  return (
    <dl className="tensor-numbers" aria-label="Statistics">
      {numbers.map(([name, value, broken]) => (
        <div key={name} data-broken={broken || undefined}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
