/** The points of a polyline through the finite values, each in its place, in a box with a pixel of air; flat ones run through the middle. */
export function sparklinePoints(values: readonly (number | null)[], width: number, height: number): string {
  const [low, high] = endsOf(values);
  const step = width / Math.max(1, values.length - 1);
  const y = (value: number) =>
    high === low ? height / 2 : 1 + (height - 2) * (1 - (value - low) / (high - low));
  return placesToDraw(values, width)
    .map((index) => `${(index * step).toFixed(1)},${y(values[index] as number).toFixed(1)}`)
    .join(' ');
}

/** Upright marks where values are not numbers, as the path of an SVG; of more than there are pixels one each. */
export function sparklineGaps(values: readonly (number | null)[], width: number, height: number): string {
  const step = width / Math.max(1, values.length - 1);
  const places = values.flatMap((value, index) => (Number.isNaN(value) ? [(index * step).toFixed(1)] : []));
  const pixels = new Map(places.map((x) => [Math.round(Number(x)), x]));
  return [...pixels.values()].map((x) => `M${x} 0V${height}`).join('');
}

/** Where finite values are; of more than there are pixels the lowest and the highest of each. */
function placesToDraw(values: readonly (number | null)[], width: number): number[] {
  const perPixel = Math.max(1, Math.ceil(values.length / width));
  const places: number[] = [];
  for (let from = 0; from < values.length; from += perPixel) {
    const own = Array.from({ length: Math.min(perPixel, values.length - from) }, (_, at) => from + at);
    const drawn = own.filter((at) => isDrawn(values[at] ?? null));
    if (perPixel <= 2) places.push(...drawn);
    else places.push(...outermost(drawn, values as readonly number[]));
  }
  return places;
}

/** The places of the lowest and of the highest value, in order. */
function outermost(places: readonly number[], values: readonly number[]): number[] {
  const at = (place: number) => values[place] ?? 0;
  const low = places.reduce((so, place) => (at(place) < at(so) ? place : so), places[0] ?? 0);
  const high = places.reduce((so, place) => (at(place) > at(so) ? place : so), places[0] ?? 0);
  return places.length === 0 ? [] : [...new Set([Math.min(low, high), Math.max(low, high)])];
}

function endsOf(values: readonly (number | null)[]): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!isDrawn(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

function isDrawn(value: number | null): value is number {
  return Number.isFinite(value);
}
