import { expect, test, vi } from 'vitest';
import { put, temporaryFolder } from '../../core/files/temporary-folder.fixture.ts';
import { writeTorchNotes } from '../../core/formats/fixtures/write-notes.ts';
import { writeTorchZip } from '../../core/formats/fixtures/write-torch.ts';
import { printChoice } from './choose.ts';
import { show } from './show.ts';

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

test('a direction that cannot be used is no reason why no version has the metric', async () => {
  const config = 'storage: {best_model_selection_metric: nosuch, best_model_selection_mode: up}';
  expect(await whyNone(config, sharpe)).toMatch(/ of “nosuch” — see cairn ls/);
});

test('a run without a version has no best because it has no versions', async () => {
  for (const what of ['best', 'latest'] as const)
    expect(await whyNone('storage: {best_model_selection_metric: nosuch}', null, what)).toBe(
      `no ${what} version — the run has no versions — see cairn ls for what there is`,
    );
});

test.each(['best', 'latest'] as const)(
  '%s and show tell the same of a version in JSON, its step too',
  async (what) => {
    let heard = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest) => {
      heard += String(text);
      for (const each of rest) if (typeof each === 'function') each();
      return true;
    });
    const said = (): Record<string, unknown> => {
      const document = JSON.parse(heard) as Record<string, unknown>;
      heard = '';
      return document;
    };
    const run = temporaryFolder();
    for (const version of [1, 2]) {
      const stem = `best_models/model_v000${version}_reward0.${version}000`;
      put(run, `${stem}.pt`, writeTorchNotes({ training_state: { global_step: version * 100 } }));
      put(run, `${stem}.json`, JSON.stringify({ version, reward: version / 10 }));
    }
    await printChoice(run, { what }, true);
    const { selection: _selection, ...chosen } = said();
    await show(run, what, { json: true });
    expect(chosen).toMatchObject({ step: 200, is_best: true, is_latest: true });
    // Each looks for itself, and says when.
    const integrity = { ...(chosen['integrity'] as object), checked_at: expect.any(String) };
    expect(said()).toMatchObject({ ...chosen, integrity });
  },
);
