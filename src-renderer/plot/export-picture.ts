import type { ChartColours } from './chart-colours.ts';
import { init } from './echarts-parts.ts';
import type { Picture } from './picture.ts';
import { PictureChart } from './picture-chart.ts';
import type { ChartSize } from './useEchart.ts';

/** A chart as it is on the screen. */
export interface DrawnPicture {
  picture: Picture;
  size: ChartSize;
  colours: ChartColours;
}

/** Dots to a CSS pixel: sharp in print. */
const pngDots = 2;

/** The chart as text: SVG, or a PNG in base64. What was too much for lines and points is a picture within the SVG. */
export function exportPicture({ picture, size, colours }: DrawnPicture, format: 'png' | 'svg'): string {
  const { width, height } = size;
  const isSvg = format === 'svg';
  const chart = isSvg
    ? init(null, null, { renderer: 'svg', ssr: true, width, height })
    : init(document.createElement('div'), null, { width, height, devicePixelRatio: pngDots });
  try {
    new PictureChart(chart).show(picture, colours);
    chart.setOption({ backgroundColor: colours.surface });
    if (isSvg) return chart.renderToSVGString();
    const url = chart.getDataURL({ type: 'png', pixelRatio: pngDots, backgroundColor: colours.surface });
    return url.slice(url.indexOf(',') + 1);
  } finally {
    chart.dispose();
  }
}
