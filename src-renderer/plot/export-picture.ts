import type { ChartColours } from './chart-colours.ts';
import { drawKinds, kindsHeight } from './draw-kinds.ts';
import { init } from './echarts-parts.ts';
import type { Kinds } from './kinds.ts';
import type { Picture } from './picture.ts';
import { PictureChart } from './picture-chart.ts';
import type { ChartSize } from './useEchart.ts';

/** A chart as it is on the screen. */
export interface DrawnPicture {
  picture: Picture;
  size: ChartSize;
  colours: ChartColours;
  /** What its colours mean, where that stands elsewhere on the screen. */
  legend: Kinds | null;
}

/** Dots to a CSS pixel: sharp in print. */
const pngDots = 2;

/** The chart as text: SVG, or a PNG in base64. What was too much for lines and points is a picture within the SVG. */
export function exportPicture(drawn: DrawnPicture, format: 'png' | 'svg'): string {
  const { size, colours, legend } = drawn;
  const { width } = size;
  const height = size.height + (legend ? kindsHeight(legend, width) : 0);
  const picture = withLegend(drawn);
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

function withLegend({ picture, size, colours, legend }: DrawnPicture): Picture {
  return legend ? { ...picture, over: [...picture.over, ...drawKinds(legend, size, colours)] } : picture;
}
