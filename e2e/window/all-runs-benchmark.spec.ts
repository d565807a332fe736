import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { chooseFirstOfBoth, detailsOf, openTwoRuns } from '../driver/all-runs-page.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { answerWords, commandOf, first, press, second, undo } from '../driver/written-run.ts';

const { open, app } = openedRuns();

test('versions of several runs are measured in one go: one leaderboard, and each run has its own results', async () => {
  const { page, runs } = await openTwoRuns(open);
  await answerWords(app(), 'Run');
  const evaluator = join(await tempFolder('evaluator'), 'eval.sh');
  await writeFile(
    evaluator,
    '#!/bin/sh\ncase "$1" in *ppo*) echo \'{"score": 1}\';; *) echo \'{"score": 2}\';; esac\n',
  );
  await chmod(evaluator, 0o700);
  const [ppo, sac] = [
    join(runs.ppo, first.replace('.pt', '.json')),
    join(runs.sac, second.replace('.pt', '.json')),
  ];
  const before = [await readFile(ppo, 'utf8'), await readFile(sac, 'utf8')];
  await chooseFirstOfBoth(page);
  await press(detailsOf(page), 'Benchmark…');
  const dialog = page.getByRole('dialog', { name: /^Benchmark 2 versions/ });
  await dialog.getByRole('textbox', { name: 'Evaluator' }).fill(`${evaluator} {model} {seed}`);
  await dialog.getByRole('textbox', { name: 'Seeds' }).fill('2');
  await expect.poll(async () => (await commandOf(dialog)).split('\n')).toHaveLength(2);
  await press(dialog, 'Review…');
  await press(dialog, 'Run 4 evaluations');
  const board = dialog.getByRole('region', { name: 'Leaderboard' });
  await expect(board).toBeVisible();
  await dialog
    .getByRole('group', { name: 'The better end of score' })
    .getByRole('button', { name: 'Higher is better' })
    .click();
  await expect(board.getByRole('row').nth(1)).toContainText('sac · v2');
  await expect(board.getByRole('row').nth(2)).toContainText('ppo · v1');
  await expectAccessible(page);
  for (const [path, score] of [
    [ppo, 1],
    [sac, 2],
  ] as const)
    expect(JSON.parse(await readFile(path, 'utf8')).metrics).toMatchObject({ bench_score: score });
  await press(dialog, 'Use as the metric of these runs');
  await expect(dialog.getByText('It decides the best of each of these runs.')).toBeVisible();
  await press(dialog, 'Done');
  await expect(page.locator('.badge-best', { hasText: 'bench_score' }).first()).toBeVisible();
  await undo(page, 'The benchmark of 2 versions is done and recorded');
  await expect.poll(async () => [await readFile(ppo, 'utf8'), await readFile(sac, 'utf8')]).toEqual(before);
});
