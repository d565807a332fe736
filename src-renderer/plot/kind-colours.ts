import { type Colour, fromOklch } from './oklch.ts';

/** A colour as CSS has it, and as bytes. */
export interface KindColour {
  css: string;
  bytes: Colour;
}

/** Degrees: far apart from one to the next, and from what marks fronts and chosen versions. */
const hues = [255, 75, 330, 140, 20, 290, 110, 225];
/** What is left between them goes round by the golden angle. */
const golden = 137.508;
const looks = { light: { lightness: 0.56, chroma: 0.14 }, dark: { lightness: 0.74, chroma: 0.13 } } as const;

/** Colours for so many kinds, such as runs; each kind keeps its own while others come. */
export function kindColours(count: number, scheme: 'light' | 'dark'): KindColour[] {
  const { lightness, chroma } = looks[scheme];
  return Array.from({ length: count }, (_, index) => {
    const hue = hues[index] ?? (index * golden) % 360;
    const darker = index < hues.length ? 0 : 0.08 * (index % 3);
    const bytes = fromOklch(lightness - darker, chroma, hue);
    return { css: `rgb(${bytes.join(',')})`, bytes };
  });
}
