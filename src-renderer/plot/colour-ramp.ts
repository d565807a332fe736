import { type Colour, fromOklch } from './oklch.ts';

/** A ramp from one end of a measure to the other: its colours as bytes, three each. */
export type Ramp = Uint8Array;
const steps = 256;

/** OKLCH stops, dark blue to yellow: lightness only ever rises, so that it reads in grey and by any eye. */
const stops: readonly (readonly [lightness: number, chroma: number, hue: number])[] = [
  [0.36, 0.11, 285],
  [0.52, 0.12, 235],
  [0.65, 0.12, 180],
  [0.78, 0.15, 130],
  [0.9, 0.16, 100],
];
/** On a white ground its pale end would vanish, on a black one its dark end. */
const shown = { light: [0, 0.86], dark: [0.16, 1] } as const;

/** The colours of a measure, from its lowest value to its highest. */
export function colourRamp(scheme: 'light' | 'dark'): Ramp {
  const [from, to] = shown[scheme];
  const ramp = new Uint8Array(3 * steps);
  for (let step = 0; step < steps; step += 1)
    ramp.set(colourAt(from + ((to - from) * step) / (steps - 1)), 3 * step);
  return ramp;
}

/** The step of the ramp for a share from 0 to 1. */
export function rampStep(share: number): number {
  return Math.max(0, Math.min(steps - 1, Math.round(share * (steps - 1))));
}

/** A step of the ramp as CSS has it. */
export function rampCss(ramp: Ramp, share: number): string {
  const at = 3 * rampStep(share);
  return `rgb(${ramp[at]},${ramp[at + 1]},${ramp[at + 2]})`;
}

function colourAt(share: number): Colour {
  const place = share * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(place));
  const [from, to] = [stops[index], stops[index + 1]];
  const mix = (part: 0 | 1 | 2) =>
    (from?.[part] ?? 0) + ((to?.[part] ?? 0) - (from?.[part] ?? 0)) * (place - index);
  return fromOklch(mix(0), mix(1), mix(2));
}
