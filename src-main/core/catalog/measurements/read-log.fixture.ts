import { bufferSource } from '../../formats/source.ts';
import type { MetricLog } from './metric-log.ts';

export const sourceOf = (content: string | Buffer) => bufferSource('a log', Buffer.from(content));

/** The measurements of a log by metric, each as place and value. */
export function measurementsIn({ series }: MetricLog): Record<string, [at: number, value: number][]> {
  return Object.fromEntries(
    series.map(({ name, at, values }) => [
      name,
      Array.from(at, (place, index): [number, number] => [place, values[index] ?? Number.NaN]),
    ]),
  );
}
