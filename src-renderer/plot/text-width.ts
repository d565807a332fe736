/** Where nothing is drawn, as in tests, letters of the small type are about that wide. In pixels. */
const usual = 6.6;

let pen: OffscreenCanvasRenderingContext2D | null | undefined;

/** How wide words are in a font, in CSS pixels. @param font as a canvas takes it */
export function textWidth(text: string, font: string): number {
  pen ??= typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('2d');
  if (!pen) return text.length * usual;
  pen.font = font;
  return pen.measureText(text).width;
}
