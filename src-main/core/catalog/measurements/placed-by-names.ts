import { readNameOfLayout } from '../layouts/known-layouts.ts';
import type { LogFile } from './log-file.ts';
import type { Axis, Measurable, MetricLog, Place } from './metric-log.ts';

/** How files are named beside a log of that name, where that tells in which line of the log they are, and what both count. */
const named: ReadonlyMap<string, { axis: Axis; pattern: RegExp }> = new Map([
  ['results.csv', { axis: 'epoch', pattern: /(?:^|\/)epoch(\d{1,9})\.pt$/ }],
  ['summary.csv', { axis: 'epoch', pattern: /(?:^|\/)checkpoint-(\d{1,9})\.pth\.tar$/ }],
  ['progress.txt', { axis: 'epoch', pattern: /(?:^|\/)pyt_save\/model(\d{1,9})\.pt$/ }],
  ['metrics.json', { axis: 'iteration', pattern: /(?:^|\/)model_(\d{7,15})\.pth$/ }],
]);

/**
 * A log of epochs, or iterations, of which the files' names count them. Ultralytics counts from 1 in `results.csv` and from 0 in names: `epoch10.pt` is of
 * line 11; in YOLOv5 both count from 0. Keras counts from 0 in what CSVLogger writes and from 1 in names: `epoch_02.keras` is of line 1.
 * ultralytics/engine/trainer.py, save_metrics and save_model; spinup/utils/logx.py; keras/src/callbacks/csv_logger.py, model_checkpoint.py
 */
export function placedByNames(log: MetricLog, { path }: LogFile): MetricLog {
  const found = named.get(path);
  if (found === undefined && log.axis !== 'epoch') return log;
  const isFromZero = log.series.some(({ at }) => at[0] === 0);
  const [first, firstOfKeras] = [path === 'results.csv' && !isFromZero ? 1 : 0, isFromZero ? -1 : 0];
  const placeOf = ({ id }: Measurable) =>
    (found && placeBy(found, id, first)) ?? (log.axis === 'epoch' ? placeOfKeras(id, firstOfKeras) : null);
  return { ...log, placeOf };
}

function placeBy(
  { axis, pattern }: { axis: Axis; pattern: RegExp },
  id: string,
  first: number,
): Place | null {
  const count = pattern.exec(id)?.[1];
  return count === undefined ? null : { axis, at: Number(count) + first };
}

function placeOfKeras(id: string, first: number): Place | null {
  const said = readNameOfLayout(id.slice(id.lastIndexOf('/') + 1), () => false, 'keras');
  const [, epoch] = said?.metrics.find(([metric]) => metric === 'epoch') ?? [];
  return epoch === undefined ? null : { axis: 'epoch', at: epoch + first };
}
