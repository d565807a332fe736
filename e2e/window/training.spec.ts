import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, type Page, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { shareCairn } from '../driver/launch-cairn.ts';
import { example } from '../driver/places.ts';
import { readJson } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { allIds, expectVersionCount, rowOf } from '../driver/versions-table.ts';

let run: string;
const cairn = shareCairn(async () => {
  run = await tempFolder('training');
  return { runs: [run] };
});

let training: ChildProcess | null = null;
test.afterEach(() => void training?.kill('SIGTERM'));

/** The version that wears the badge; null while none does. */
function bestOf(page: Page): Promise<string | null> {
  return page.evaluate(
    () => document.querySelector<HTMLElement>('[data-best]')?.dataset['versionId'] ?? null,
  );
}

test('a training that begins while its folder is open is followed: versions come, the best changes, and pre-empted it ends saved', async () => {
  test.slow();
  const { page } = cairn();
  training = spawn(process.execPath, [example, run, '--every', '20', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const saved = new Set<string>();
  training.stdout?.setEncoding('utf8').on('data', (text: string) => {
    for (const [, id = ''] of text.matchAll(/"saved","id":"([^"]+)"/g)) saved.add(id);
  });
  const seen = new Set<string | null>();
  await expect
    .poll(async () => seen.add(await bestOf(page)).size, { timeout: 60_000 })
    // None, and three that were the best for a while.
    .toBeGreaterThan(3);
  await expect(rowOf(page, 'checkpoints/checkpoint.pt')).toBeVisible({ timeout: 30_000 });

  training.kill('SIGTERM');
  expect(await once(training, 'close')).toEqual([143, null]);
  const { versions } = asListing(await readJson(['ls', run]));
  await expectVersionCount(page, versions.length);
  expect((await allIds(page)).sort()).toEqual(versions.map(({ id }) => id).sort());
  expect(await bestOf(page)).toBe(versions.find(({ is_best }) => is_best)?.id);
  expect(versions.find(({ is_latest }) => is_latest)?.id).toBe('checkpoints/checkpoint.pt');
  for (const id of seen) expect(id === null || saved.has(id)).toBe(true);
});
