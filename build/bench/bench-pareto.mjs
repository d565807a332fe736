import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleProgram } from '../bundle/bundles.mjs';
import { median } from './time-command.mjs';

/** @typedef {import('./bench.mjs').Figure} Figure */

const count = 100_000;
const turns = 15;

/** The Pareto front of 100,000 points at random, and of as many of which none beats another. @returns {Promise<Figure[]>} */
export async function benchPareto() {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-pareto-'));
  const program = await bundleProgram(folder, 'shared/query/pareto-front.ts');
  const { paretoFront, sortForFronts } = await import(pathToFileURL(program).href);
  const among = Uint32Array.from({ length: count }, (_, index) => index);
  const figures = [2, 3].flatMap((metrics) =>
    [false, true].map((unbeaten) => {
      const columns = randomColumns(metrics, unbeaten);
      const objectives = columns.map((values) => ({ values, direction: 'max' }));
      const times = Array.from({ length: turns }, () => {
        const started = performance.now();
        paretoFront(objectives, sortForFronts(objectives, among));
        return performance.now() - started;
      });
      const what = unbeaten ? 'points that all lie on it' : 'points';
      return figure(`Pareto front of 100,000 ${what}, ${metrics} metrics`, median(times));
    }),
  );
  rmSync(folder, { recursive: true, force: true });
  return figures;
}

/** @param {number} metrics @param {boolean} unbeaten whether what one gains in the second it loses in the first */
function randomColumns(metrics, unbeaten) {
  const columns = Array.from({ length: metrics }, () =>
    Float64Array.from({ length: count }, () => Math.random()),
  );
  const [first, second] = columns;
  if (unbeaten) second?.set(first?.map((value) => 1 - value) ?? []);
  return columns;
}

/** @param {string} what @param {number} time in ms @returns {Figure} */
function figure(what, time) {
  return { what, value: `${time.toFixed(1)} ms`, bar: '< 50 ms', met: time < 50 };
}
