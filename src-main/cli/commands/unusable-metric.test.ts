import { expect, test, vi } from 'vitest';
import { saveModel } from '../../core/catalog/run.fixture.ts';
import { put, temporaryFolder } from '../../core/files/temporary-folder.fixture.ts';
import { printChoice } from './choose.ts';
import { ls } from './ls.ts';
import { pruneRun } from './prune-run.ts';

/** `${m}` of Hydra. */
const interpolation = ['$', '{m}'].join('');
const why = `the config's best_model_selection_metric ${interpolation} is an interpolation, which is shown and not resolved`;

function makeRun(): string {
  const run = temporaryFolder();
  put(run, '.hydra/config.yaml', `storage: {best_model_selection_metric: "${interpolation}"}`);
  saveModel(run, 1, { sidecar: { metrics: { mean_reward: 3, loss: 0.5 } } });
  return run;
}

function listen(name: 'stdout' | 'stderr'): () => string {
  let heard = '';
  vi.spyOn(process[name], 'write').mockImplementation((text, ...rest) => {
    heard += String(text);
    for (const each of rest) if (typeof each === 'function') each();
    return true;
  });
  return () => heard;
}

test('best, ls and the plan of a prune say why not the metric of the config counts', async () => {
  const run = makeRun();
  const [out, errors] = [listen('stdout'), listen('stderr')];
  await printChoice(run, { what: 'best' }, false);
  expect(errors()).toContain(`note: Ranked by mean_reward, max, by default: ${why}.\n`);
  await ls(run, { kind: 'all', where: [] });
  expect(out()).toContain(`best by mean_reward, max (default: ${why})\n`);
  const plan = await pruneRun(run, { keepBest: 1 }, new AbortController().signal);
  expect(plan.output.warnings).toEqual([`Ranked by mean_reward, max, by default: ${why}.`]);
});

test('a direction that is asked for alone leaves the metric a default, a metric that is asked for does not', async () => {
  const run = makeRun();
  const errors = listen('stderr');
  listen('stdout');
  const planned = async (asked: object) =>
    (await pruneRun(run, { keepBest: 1, ...asked }, new AbortController().signal)).output.warnings;
  expect(await planned({ mode: 'min' })).toEqual([`Ranked by mean_reward, min, by default: ${why}.`]);
  expect(await planned({ metric: 'loss' })).toEqual([]);
  expect(errors()).toMatch(/^ranked by loss, min, as its name says/);
});
