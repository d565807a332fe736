import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { killedAt } from '../driver/killed-at.ts';
import { shareCairn } from '../driver/launch-cairn.ts';
import { readJson } from '../driver/run-cli.ts';
import { allIds, expectVersionCount } from '../driver/versions-table.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

test('a prune and a save that are killed while the window is open are shown as ls shows them, and settled', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  const { page } = cairn();
  await expectVersionCount(page, 26);
  const weights = join(await copySampleRun(), 'best_models/model_v0010_reward0.4186_20260302_113000.pt');
  const prune = ['prune', run, '--keep-best', '3', '--kinds', 'all', '--yes'];
  const save = [
    'save',
    run,
    '--kind',
    'checkpoint',
    '--name',
    'cut.pt',
    '--reward',
    '1',
    '--weights',
    weights,
  ];
  for (const [call, nth, args, count] of [
    ['unlink', 3, prune, 6],
    ['link', 2, save, 7],
  ] as const) {
    expect((await killedAt(call, nth, args)).code).not.toBe(0);
    const shown = asListing(await readJson(['ls', run])).versions.map(({ id }) => id);
    expect(shown).toHaveLength(count);
    await expectVersionCount(page, count);
    expect((await allIds(page)).sort()).toEqual(shown.sort());
    await expect.poll(() => readdir(join(run, '.cairn/intents'))).toEqual([]);
  }
});
