import { expect, test } from 'vitest';
import type { ChartColours } from './chart-colours.ts';
import { init } from './echarts-parts.ts';
import type { Picture, PictureFrame } from './picture.ts';
import { PictureChart } from './picture-chart.ts';

const colours = new Proxy({}, { get: () => '#000' }) as ChartColours;
const axis = { name: 'Reward', whole: '', scale: 'number', format: String, labelled: true } as const;
const frame: PictureFrame = {
  area: { left: 60, top: 10, width: 100, height: 60 },
  view: { x: { low: 0, high: 10 }, y: { low: 0, high: 10 } },
  x: { ...axis, name: 'Sharpe' },
  y: axis,
  shapes: [{ type: 'circle', shape: { cx: 70, cy: 20, r: 4 }, style: { fill: '#445566' } }],
};

function aChart() {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 200, height: 100 });
  const pictures = new PictureChart(chart);
  let options = 0;
  const { setOption } = chart;
  chart.setOption = (...given: unknown[]) => {
    options += 1;
    Reflect.apply(setOption, chart, given);
  };
  const show = (picture: Picture) => {
    pictures.show(picture, colours);
    return chart.renderToSVGString();
  };
  return { show, axesDrawn: () => options };
}

test('what is no longer in a picture is gone from the screen, also when nothing is left', () => {
  const { show } = aChart();
  const word = { type: 'text', style: { text: 'best v11', x: 10, y: 10, fill: '#000' } } as const;
  const over = [{ ...word, style: { ...word.style, font: '11px sans-serif' } }];
  expect(show({ frames: [], over })).toContain('best v11');
  expect(show({ frames: [], over: [] })).not.toContain('best v11');
});

test('axes are drawn anew only where they are others', () => {
  const { show, axesDrawn } = aChart();
  expect(show({ frames: [frame], over: [] })).toMatch(/Sharpe.*#445566/s);
  const other = { ...frame, view: { ...frame.view }, x: { ...frame.x }, shapes: [] };
  const emptied = show({ frames: [other], over: [] });
  expect(emptied).toContain('Sharpe');
  expect(emptied).not.toContain('#445566');
  expect(axesDrawn()).toBe(1);
  expect(show({ frames: [{ ...frame, x: { ...axis, name: 'Loss' } }], over: [] })).toContain('Loss');
  show({ frames: [{ ...frame, view: { ...frame.view, y: { low: 0, high: 20 } } }], over: [] });
  expect(axesDrawn()).toBe(3);
});
