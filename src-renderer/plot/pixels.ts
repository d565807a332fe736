import type { Shape } from './picture.ts';

/** A picture as bytes: red, green, blue and opacity of each dot, row by row. */
export interface Pixels {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
}

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** A dot as one number: a colour, to which {@link withAlpha} adds how opaque it is. */
export function packColour(red: number, green: number, blue: number): number {
  return littleEndian ? (blue << 16) | (green << 8) | red : ((red << 24) | (green << 16) | (blue << 8)) >>> 0;
}

/** @param alpha 0 to 255 */
export function withAlpha(colour: number, alpha: number): number {
  return littleEndian ? (colour | (alpha << 24)) >>> 0 : colour | alpha;
}

/** The picture in a place of a chart, drawn as large as that place is. */
export function pictureShape(
  { data, width, height }: Pixels,
  place: { x: number; y: number; width: number; height: number; opacity?: number },
): Shape {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  return { type: 'image', style: { image: canvas, ...place } };
}
