import type { Extent } from './extent.ts';

/** Round numbers for a logarithmic axis, about so many, as their decimal logarithms. @param extent of logarithms, as the numbers are */
export function logTicks({ low, high }: Extent, count: number): number[] {
  const isWithin = (place: number) => place >= low && place <= high;
  const decades = Math.floor(high) - Math.ceil(low) + 1;
  if (high - low >= 2) return decadesBetween(low, high, Math.ceil(decades / count));
  const rough = between(Math.floor(low), Math.floor(high), 1).flatMap((decade) =>
    [1, 2, 5].map((figure) => decade + Math.log10(figure)),
  );
  const found = rough.filter(isWithin);
  return found.length > 2
    ? found
    : evenNumbers({ low: 10 ** low, high: 10 ** high }, count)
        .map(Math.log10)
        .filter(isWithin);
}

function decadesBetween(low: number, high: number, step: number): number[] {
  return between(Math.ceil(low / step) * step, Math.floor(high), step);
}

/** Evenly in the numbers themselves: there is little between the ends. */
function evenNumbers(extent: Extent, count: number): number[] {
  return evenTicks(extent, roundStep((extent.high - extent.low) / count));
}

/** The multiples of a step between two ends. */
export function evenTicks({ low, high }: Extent, step: number): number[] {
  return between(Math.ceil(low / step), Math.floor(high / step), 1).map((times) => times * step);
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((figure) => figure * power >= rough) ?? 10) * power;
}

function between(first: number, last: number, step: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.floor((last - first) / step) + 1) },
    (_, at) => first + at * step,
  );
}
