import { expect, test } from 'vitest';
import type { ChartColours } from './chart-colours.ts';
import { colourRamp } from './colour-ramp.ts';
import { exportPicture } from './export-picture.ts';

const colours: ChartColours = {
  text: '#111111',
  textDim: '#555555',
  line: '#dddddd',
  lineFaint: '#eeeeee',
  surface: '#ffffff',
  point: '#445566',
  pointBytes: [0x44, 0x55, 0x66],
  dimBytes: [0x55, 0x55, 0x55],
  accent: '#0f6c67',
  accentBytes: [0x0f, 0x6c, 0x67],
  chosen: '#c2410c',
  chosenBytes: [0xc2, 0x41, 0x0c],
  font: "'Segoe UI', sans-serif",
  ramp: colourRamp('light'),
  scheme: 'light',
};
const wellFormed = /^<\/?[\w:]+(?:\s+[\w:-]+="[^"]*")*\s*\/?>$/;
const look = { whole: '', scale: 'number', format: String, labelled: true } as const;

test('a chart becomes a drawing with its axes in words, its shapes, and nothing that could run', () => {
  const svg = exportPicture(
    {
      picture: {
        frames: [
          {
            area: { left: 60, top: 10, width: 300, height: 150 },
            view: { x: { low: -0.3, high: 4.2 }, y: { low: 0, high: 1 } },
            x: { ...look, name: 'Sharpe <script>' },
            y: { ...look, name: 'Reward' },
            shapes: [{ type: 'circle', shape: { cx: 100, cy: 50, r: 4 }, style: { fill: '#445566' } }],
          },
        ],
        over: [
          {
            type: 'text',
            style: { text: 'best v1', x: 10, y: 10, fill: '#111111', font: `11px ${colours.font}` },
          },
        ],
      },
      size: { width: 400, height: 220, dots: 1 },
      colours,
      legend: {
        of: new Float64Array(),
        names: ['ppo', 'a name that is much too long for the room that it has below the picture'],
        colours: [
          { css: 'rgb(1,2,3)', bytes: [1, 2, 3] },
          { css: 'rgb(4,5,6)', bytes: [4, 5, 6] },
        ],
      },
    },
    'svg',
  );
  expect(svg).toMatch(/^<svg .*<\/svg>$/s);
  for (const words of [
    'Reward',
    'Sharpe &lt;script&gt;',
    'best v1',
    '#445566',
    '#ffffff',
    'ppo',
    'rgb(4,5,6)',
  ])
    expect(svg).toContain(words);
  expect(svg).not.toContain('<script');
  expect(svg).toContain('Segoe UI');
  expect(
    svg
      ?.replace(/<!\[CDATA\[.*?\]\]>/gs, '')
      .match(/<[^>]*>/g)
      ?.filter((tag) => !wellFormed.test(tag)),
  ).toEqual([]);
  // Round numbers alone stand at the axes, not the ends of what is shown.
  expect(svg).not.toMatch(/>(-0\.3|4\.2)</);
});
