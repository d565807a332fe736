import type { Shape } from './picture.ts';

/** A picture as bytes: red, green, blue and opacity of each dot, row by row. */
export interface Pixels {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
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
