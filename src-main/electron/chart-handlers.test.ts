import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../core/files/temporary-folder.fixture.ts';
import { createChartHandlers } from './chart-handlers.ts';
import { WindowSession } from './window-session.ts';

const from = { isDestroyed: () => false, send: () => undefined } as unknown as WebContents;
const svg = '<svg xmlns="http://www.w3.org/2000/svg"></svg>';
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

let folder: string;
let session: WindowSession;
let runId: string;
let target: string | null;
let suggested = '';
const { saveChart } = createChartHandlers(
  () => session,
  async (_from, _title, name) => {
    suggested = name;
    return target;
  },
);

beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'my run'));
  session = new WindowSession(from, folder);
  ({ runId } = session.open(join(folder, 'my run')));
  target = join(folder, 'chart.svg');
});
afterEach(() => session.close());

test('a chart is written as it was drawn, under a name made of the run', async () => {
  const drawing = { runId, chart: 'scatter', kind: 'svg', drawn: svg } as const;
  expect(await saveChart(drawing, from)).toMatchObject({
    written: { label: 'chart.svg', bytes: svg.length },
  });
  expect([suggested, readFileSync(target ?? '', 'utf8')]).toEqual(['my_run-scatter.svg', svg]);
  target = join(folder, 'chart.png');
  await saveChart({ ...drawing, kind: 'png', drawn: png.toString('base64') }, from);
  expect(readFileSync(target)).toEqual(png);
});

test('nothing is written where nobody says where to, and nothing over a file that is there', async () => {
  const drawing = { runId, chart: 'timeline', kind: 'svg', drawn: svg } as const;
  target = null;
  expect(await saveChart(drawing, from)).toEqual({ written: null });
  target = join(folder, 'chart.svg');
  writeFileSync(target, 'mine');
  await expect(saveChart(drawing, from)).rejects.toThrow('a file of that name is there already');
  expect([readFileSync(target, 'utf8'), readdirSync(folder).length]).toEqual(['mine', 2]);
});

test('what is no picture is not written', async () => {
  const drawing = { runId, chart: 'parallel', kind: 'png', drawn: 'AAAA' } as const;
  await expect(saveChart(drawing, from)).rejects.toThrow('the window sent something else');
  await expect(saveChart({ ...drawing, kind: 'svg' }, from)).rejects.toThrow('something else');
  expect(existsSync(target ?? '')).toBe(false);
});
