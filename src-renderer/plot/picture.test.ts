import { expect, test } from 'vitest';
import type { ChartColours } from './chart-colours.ts';
import { init } from './echarts-parts.ts';
import { type Picture, pictureOption } from './picture.ts';

const colours = new Proxy({}, { get: () => '#000' }) as ChartColours;

test('what is no longer in a picture is gone from the screen, also when nothing is left', () => {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 200, height: 100 });
  const word = { type: 'text', style: { text: 'best v11', x: 10, y: 10, fill: '#000' } };
  const draw = (over: Picture['over']) => {
    chart.setOption(pictureOption({ frames: [], over }, colours), { notMerge: true });
    return chart.renderToSVGString();
  };
  expect(draw([word] as never)).toContain('best v11');
  expect(draw([])).not.toContain('best v11');
  chart.dispose();
});
