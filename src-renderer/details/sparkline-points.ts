/** The points of a polyline through the finite values, each in its place, in a box with a pixel of air; flat ones run through the middle. */
export function sparklinePoints(values: readonly (number | null)[], width: number, height: number): string {
  const finite = values.filter(isDrawn);
  const low = finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const step = width / Math.max(1, values.length - 1);
  const y = (value: number) =>
    high === low ? height / 2 : 1 + (height - 2) * (1 - (value - low) / (high - low));
  return values
    .flatMap((value, index) => (isDrawn(value) ? `${(index * step).toFixed(1)},${y(value).toFixed(1)}` : []))
    .join(' ');
}

function isDrawn(value: number | null): value is number {
  return Number.isFinite(value);
}
