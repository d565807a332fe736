import { createHash } from 'node:crypto';
import { readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { makeHuge } from '../driver/slow-reading.ts';
import {
  expectVersionCount,
  integrityOf,
  queryBox,
  rowOf,
  selectVersion,
  statusLine,
} from '../driver/versions-table.ts';
import {
  copySampleRun,
  copyStableBaselinesRun,
  makeEdgeRun,
  sampleVerdicts,
  smallRunVerdicts,
} from '../fixtures/copy-runs.ts';

const flipped = 'best_models/model_v0015_reward0.4347_20260302_123000.pt';
const whole = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const other = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';

const { open, restart } = openedRuns();

/** Verifies the run and waits for its end. */
async function verify(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Verify run' }).click();
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible();
}

async function flipByte(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

const hugeBytes = 4 * 1024 ** 3;

test('verifying puts each row into the state that PyTorch and the records call for', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await verify(page);
  for (const [id, { loads, record }] of Object.entries(await sampleVerdicts())) {
    if (!/^(best_models|checkpoints).*\.pt$/.test(id)) continue;
    const sealed = { matches: 'verified', differs: 'mismatch', none: 'unsealed' }[record];
    await queryBox(page).fill(id);
    await expect(integrityOf(page, id)).toHaveAttribute('data-integrity', loads ? sealed : 'torn');
  }
  await expect(statusLine(page)).toContainText('1 mismatch, 1 torn, 21 verified, 3 unsealed');
  expect(await statusLine(page).locator('[data-problem]').allTextContents()).toEqual([
    '1 mismatch',
    ', 1 torn',
  ]);
  await page.getByRole('tab', { name: 'Charts' }).click();
  await page.getByRole('button', { name: 'Show the 2 versions' }).click();
  await expectVersionCount(page, 2);
  await queryBox(page).fill('model');
  await statusLine(page).getByRole('button', { name: '4 problems' }).click();
  await expect(page.getByRole('dialog')).toContainText('2 versions are not intact');
  await page.getByRole('dialog').getByRole('button', { name: 'Show them' }).click();
  await expectVersionCount(page, 2);
  await expect(rowOf(page, flipped)).toContainText('the bytes differ from the checksum on record');
  await expect(
    page.getByText('15,445 of 25,743 bytes: the end of the archive is missing').first(),
  ).toBeVisible();
  const details = await selectVersion(page, flipped);
  await expect(details).toContainText('On record');
  await expect(details).toContainText('In the file');
});

test('what a check found is told as it found it, whatever became of the versions since', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await verify(page);
  const found = '1 mismatch, 1 torn, 21 verified, 3 unsealed';
  await expect(statusLine(page)).toContainText(found);
  await runCli(['trash', run, flipped, '--json']);
  await expectVersionCount(page, 25);
  await expect(statusLine(page)).toContainText(found);
  await runCli(['undo', run, '--json']);
  await expectVersionCount(page, 26);
  await expect(integrityOf(page, flipped)).toHaveAttribute('data-integrity', 'mismatch');
});

test('results outlast the window, until a file is touched; bit rot is told apart from a change', async () => {
  const run = await copySampleRun();
  let page = await open(run);
  await verify(page);
  await expect(integrityOf(page, whole)).toHaveAttribute('data-integrity', 'verified');
  page = await restart(run);
  await expect(integrityOf(page, whole)).toHaveAttribute('data-integrity', 'verified');
  await expect(integrityOf(page, flipped)).toHaveAttribute('data-integrity', 'mismatch');

  const before = await stat(join(run, whole));
  await flipByte(join(run, whole));
  await utimes(join(run, whole), before.atime, before.mtime);
  await flipByte(join(run, other));
  await expect(integrityOf(page, whole)).toHaveAttribute('data-integrity', 'unverified');
  await expect(integrityOf(page, other)).toHaveAttribute('data-integrity', 'unverified');
  await verify(page);
  await expect(integrityOf(page, whole)).toHaveText('Bit rot');
  await expect(integrityOf(page, other)).toHaveText('Mismatch');
  await expect(integrityOf(page, other)).toHaveAttribute('title', /changed since it was last read/);
  const listed = asListing(await readJson(['ls', run])).versions;
  const causeOf = (id: string) => listed.find((version) => version.id === id)?.integrity.cause;
  expect([causeOf(whole), causeOf(other)]).toEqual(['bit-rot', 'changed']);
});

test('a running verification shows how far it is, and can be stopped', async () => {
  const run = await copySampleRun();
  for (const name of ['a.pt', 'b.pt', 'c.pt', 'd.pt']) await makeHuge(join(run, 'checkpoints', name));
  const page = await open(run, 30);
  await page.getByRole('button', { name: 'Verify run' }).click();
  const bar = page.getByRole('progressbar');
  await expect(bar).toBeVisible();
  expect(Number(await bar.getAttribute('aria-valuemax'))).toBeGreaterThan(4 * hugeBytes);
  await expect(page.getByRole('button', { name: 'Verify run' })).toBeDisabled();
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  await expect(bar).toHaveAttribute('aria-valuetext', /MB\/s .* left$/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(bar).toHaveCount(0);
  await expect(statusLine(page)).toContainText(/Stopped after \d+ of 30 files/);
  await expect(page.getByRole('button', { name: 'Verify run' })).toBeEnabled();
});

test('strange files are explained, each in a sentence', async () => {
  const run = await makeEdgeRun();
  const page = await open(run, 10);
  await verify(page);
  for (const [id, { loads, record }] of Object.entries(await smallRunVerdicts('edge'))) {
    const sealed = { matches: 'verified', differs: 'mismatch', none: 'unsealed' }[record];
    await expect(integrityOf(page, id)).toHaveAttribute('data-integrity', loads ? sealed : 'torn');
  }
  for (const [name, words] of [
    ['torn', /2,351 of 3,919 bytes: the end of the archive is missing/],
    ['bitflip', /the bytes differ from the checksum on record/],
    ['lfs_pointer', /a Git LFS pointer, not the model/],
    ['zero_bytes', /an empty file/],
    ['orphan_sidecar', /not there|no file/],
    ['legacy_stream', /no recorded checksum/],
  ] as const)
    await expect(integrityOf(page, `checkpoints/${name}.pt`)).toHaveAttribute('title', words);
});

test('a model of which what goes with it rotted is a mismatch, and the file is named', async () => {
  const run = await copyStableBaselinesRun();
  const [model, beside] = ['rl_model_10000_steps.zip', 'rl_model_vecnormalize_10000_steps.pkl'];
  const whole = await readFile(join(run, beside));
  const sum = createHash('sha256').update(whole).digest('hex');
  await writeFile(join(run, 'SHA256SUMS'), `${sum}  ${beside}\n`);
  const page = await open(run, 6);
  await verify(page);
  await expect(integrityOf(page, model)).toHaveAttribute('data-integrity', 'unsealed');
  await flipByte(join(run, beside));
  await verify(page);
  await expect(integrityOf(page, model)).toHaveAttribute('data-integrity', 'mismatch');
  await expect(statusLine(page)).toContainText('1 mismatch, 5 unsealed');
  const details = await selectVersion(page, model);
  await expect(details).toContainText(`${beside}: `);
  await writeFile(join(run, beside), whole);
  await verify(page);
  await expect(integrityOf(page, model)).toHaveAttribute('data-integrity', 'unsealed');
});
