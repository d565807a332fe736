type Colour = readonly [red: number, green: number, blue: number];

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

/** sRGB bytes of a colour in OKLCH (Ottosson 2020: the matrices of OKLab), hue in degrees. */
function fromOklch(lightness: number, chroma: number, hue: number): Colour {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    gammaByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    gammaByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    gammaByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function gammaByte(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.max(0, Math.min(1, value)));
}
