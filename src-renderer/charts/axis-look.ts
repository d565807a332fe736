import { formatBytes } from '../format/format-bytes.ts';
import { isShareMetric } from '../format/format-metric.ts';
import { withMinus } from '../format/format-number.ts';
import type { AxisLook } from '../plot/picture.ts';
import { axisName, type ChartMeasure } from './chart-measures.ts';

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 });
const short = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

/** How an axis of a measure is labelled. */
export function lookOf(measure: ChartMeasure): AxisLook {
  const name = measure.isLog ? `${axisName(measure)}, logarithmic` : axisName(measure);
  return {
    name,
    whole: measure.words ? `${name}: ${measure.words().join(', ')}` : name,
    scale: measure.isLog ? 'log' : measure.scale,
    format: measure.isLog ? logFormatOf(measure) : formatOf(measure),
    labelled: true,
  };
}

function formatOf({ id, scale, format, metric }: ChartMeasure): (value: number) => string {
  if (scale === 'text') return (value) => (Number.isInteger(value) ? format(value) : '');
  if (metric !== null && isShareMetric(metric)) return formatShareTick;
  return id === 'size' ? formatBytes : formatTick;
}

/** A scale of shares goes a little beyond them. */
function formatShareTick(value: number): string {
  return value >= -0.2 && value <= 1.2
    ? `${formatTick(Number((100 * value).toPrecision(6)))}%`
    : formatTick(value);
}

function logFormatOf({ id }: ChartMeasure): (value: number) => string {
  return id === 'size' ? formatLogBytes : formatLogTick;
}

const formatLogBytes = (place: number) => formatBytes(Math.round(10 ** place));
/** Powers of ten are no longer exact. */
const formatLogTick = (place: number) => formatTick(Number((10 ** place).toPrecision(9)));

/** A round number in as few figures as it takes: `0.25`, `120K`, `1e-7`. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size >= 10_000 && size < 1e15) return withMinus(compact.format(value));
  const needsExponent = size !== 0 && (size < 1e-3 || size >= 1e15);
  return withMinus(needsExponent ? String(Number(value.toPrecision(6))) : short.format(value));
}
