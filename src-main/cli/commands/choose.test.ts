import { expect, test, vi } from 'vitest';
import { put, temporaryFolder } from '../../core/files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../../core/formats/fixtures/write-torch.ts';
import { printChoice } from './choose.ts';

/** `${m}` of Hydra. */
const interpolation = ['$', '{m}'].join('');

/** What is said where nothing is found; `sidecar` is that of its one version, null for none. */
async function whyNone(
  config: string,
  sidecar: { metrics: object } | null,
  what: 'best' | 'latest' = 'best',
) {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const run = temporaryFolder();
  put(run, '.hydra/config.yaml', config);
  put(run, 'best_models/notes.txt', 'no version');
  if (sidecar) {
    put(run, 'checkpoints/checkpoint.pt', writeTorchZip([1]));
    put(run, 'checkpoints/checkpoint.json', JSON.stringify(sidecar));
  }
  return printChoice(run, { what }, false).catch((error: Error) => error.message);
}

const sharpe = { metrics: { sharpe: 1 } };

test('where no version has the metric, that is named as it is written, blanks and all', async () => {
  const none = (name: string) =>
    `no best version — no version has a finite value of “${name}” — see cairn ls for what there is`;
  const config = (name: string) => JSON.stringify({ storage: { best_model_selection_metric: name } });
  expect(await whyNone(config('nosuch'), sharpe)).toBe(none('nosuch'));
  expect(await whyNone(config(' sharpe '), sharpe)).toBe(none(' sharpe '));
});

test('where the metric is a default in the place of the config’s, that is said too', async () => {
  const config = `storage: {best_model_selection_metric: "${interpolation}"}`;
  expect(await whyNone(config, sharpe)).toContain(
    `no version has a finite value of “mean_reward”, the default: the config's best_model_selection_metric ${interpolation} is`,
  );
});

test('a run without a version has no best because it has no versions', async () => {
  for (const what of ['best', 'latest'] as const)
    expect(await whyNone('storage: {best_model_selection_metric: nosuch}', null, what)).toBe(
      `no ${what} version — the run has no versions — see cairn ls for what there is`,
    );
});
