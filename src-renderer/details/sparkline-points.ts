/** The points of a polyline through the finite values, in a box with a pixel of air; flat ones run through the middle. */
export function sparklinePoints(values: readonly number[], width: number, height: number): string {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const step = width / Math.max(1, values.length - 1);
  const y = (value: number) =>
    high === low ? height / 2 : 1 + (height - 2) * (1 - (value - low) / (high - low));
  return values
    .map((value, index) => [index * step, value] as const)
    .filter(([, value]) => Number.isFinite(value))
    .map(([x, value]) => `${x.toFixed(1)},${y(value).toFixed(1)}`)
    .join(' ');
}
