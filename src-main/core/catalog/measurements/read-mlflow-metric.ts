import type { Source } from '../../formats/source.ts';
import { cellNumber } from './csv-line.ts';
import { LogBuilder, type MetricLog } from './metric-log.ts';
import { notesOfText, readLines } from './text-lines.ts';

/**
 * A file of `mlruns/EXPERIMENT/RUN/metrics`, which is called as its metric is: a line `timestamp value step` for each time it was logged.
 * mlflow/store/tracking/file_store.py. @throws Damage where it is no text, or larger than is read
 */
export async function readMlflowMetric(source: Source, name: string): Promise<MetricLog> {
  const log = new LogBuilder('step');
  const end = await readLines(source, (line) => {
    const [, value, step] = line.split(' ').map(cellNumber);
    if (value != null && step != null) log.add(name, value, { step });
  });
  return log.build(notesOfText(end));
}
