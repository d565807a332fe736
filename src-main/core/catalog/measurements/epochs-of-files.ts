import type { LogFile } from './log-file.ts';
import type { Measurable, MetricLog, Place } from './metric-log.ts';

/** How files are named that are of an epoch, beside a log of that name, where that tells in which line of the log the epoch is. */
const named: ReadonlyMap<string, RegExp> = new Map([
  ['results.csv', /(?:^|\/)epoch(\d{1,9})\.pt$/],
  ['progress.txt', /(?:^|\/)pyt_save\/model(\d{1,9})\.pt$/],
]);

/**
 * A log of epochs of which the files' names count them. Ultralytics counts from 1 in `results.csv` and from 0 in names: `epoch10.pt` is of
 * line 11; in YOLOv5 both count from 0. ultralytics/engine/trainer.py, save_metrics and save_model; spinup/utils/logx.py
 */
export function placedByNames(log: MetricLog, { path }: LogFile): MetricLog {
  const pattern = named.get(path);
  if (pattern === undefined) return log;
  const first = path === 'results.csv' && !log.series.some(({ at }) => at[0] === 0) ? 1 : 0;
  return { ...log, placeOf: (version) => placeOf(version, pattern, first) };
}

function placeOf({ id }: Measurable, pattern: RegExp, first: number): Place | null {
  const epoch = pattern.exec(id)?.[1];
  return epoch === undefined ? null : { axis: 'epoch', at: Number(epoch) + first };
}
