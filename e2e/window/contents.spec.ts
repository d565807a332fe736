import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { answerSaveDialog, cutNumbers, openContents, openTensor, tensorOf } from '../driver/contents-tab.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { runLine } from '../driver/run-line.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { integrityOf, rowOf } from '../driver/versions-table.ts';
import { answerWithFolder, commandOf } from '../driver/written-run.ts';
import { copySampleRun, makeEdgeRun } from '../fixtures/copy-runs.ts';

const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
const other = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';
const weight = 'model_state_dict.trunk.0.weight';

const { open, restart, app } = openedRuns();

test('what is in a version is seen beside the table: trust, totals, training state, tensors, optimizer', async () => {
  const page = await open(await copySampleRun());
  const details = await openContents(page, best);
  await expect(details.getByRole('region', { name: 'Loading it' })).toContainText('Tensors only');
  await expect(details).not.toContainText(/\bsafe\b/i);
  await expect(details).toContainText('1,132');
  await expect(details).toContainText(/1\d\.\d kB of 27\.2 kB/);
  await expect(details).toContainText('Adam or one like it');
  await expect(details).toContainText('Byte orderlittle endian');
  await expect(details).toContainText('Recorda .json file beside it (its sidecar)');
  await expect(details).toContainText(/Optimizer\d+\.\d+ kB, 6\d% of the tensors/);
  await expect(details).toContainText(
    'For resuming trainingOptimizeroptimizer_state_dictSchedulernot in the file',
  );
  // Its tags are not in the file: somebody gave them to it afterwards.
  await expect(details.getByText('The sidecar says otherwise')).toHaveCount(0);
  await expect(tensorOf(details, weight)).toContainText('24 × 17');
  await expect(details.getByText('Linear 17 → 24')).toBeVisible();
  await expectAccessible(page, '.details');

  const search = details.getByRole('searchbox', { name: 'Search tensors' });
  await search.fill('POLICY');
  await expect(details.locator('[data-tensor]')).toHaveCount(2);
  await search.fill('nothing has this');
  await expect(details).toContainText('No tensor has “nothing has this” as a part of its name');
  await search.fill('trunk f32 24x17');
  await expect(tensorOf(details, weight)).toBeVisible();
  await expect(tensorOf(details, 'model_state_dict.trunk.0.bias')).toHaveCount(0);
});

test('a hyperparameter is shown with every place where it stands, those that disagree first', async () => {
  const run = await copySampleRun();
  const sidecar = join(run, best.replace(/\.pt$/, '.json'));
  const text = await readFile(sidecar, 'utf8');
  await writeFile(sidecar, text.replace('"gamma": 0.9', '"gamma": 0.95'));
  const page = await open(run);
  const details = await openContents(page, best);
  const table = details.getByRole('region', { name: 'Hyperparameters' }).getByRole('table');
  await expect(table.locator('tbody').first()).toHaveText(/^gamma0\.9file, Hydra0\.95sidecar$/);
  await expect(table.locator('tbody').nth(1)).toContainText('file, sidecar, Hydra');
  await expect(details.getByText('1 disagreement', { exact: true })).toBeVisible();
  // A schedule moves it: it is no other learning rate than the one that was set.
  await expect(table.locator('tbody').filter({ hasText: /^lr/ })).toHaveText('lr0.00040625optimizer');
  await expectAccessible(page, '.details');
});

test('which tab is shown and how wide is remembered, and the keyboard gets everywhere', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await openContents(page, best);
  await details.getByRole('tab', { name: 'Contents' }).press('ArrowLeft');
  await expect(details.getByRole('tab', { name: 'Overview' })).toBeFocused();
  await expect(details.getByRole('button', { name: 'More actions' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  const tree = details.getByRole('treegrid');
  await tree.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(tensorOf(details, weight)).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: weight })).toBeVisible();
  await page.keyboard.press('Escape');
  await details.getByRole('button', { name: 'Widen the details' }).click();
  const again = await restart(run);
  await rowOf(again, best).click();
  await expect(again.getByRole('treegrid')).toBeVisible();
  await expect(again.getByRole('button', { name: 'Narrow the details' })).toBeVisible();
});

test('a tensor is measured, drawn and exported, and what is there is never overwritten', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await openContents(page, best);
  const dialog = await openTensor(page, details, weight);
  await expect(dialog.getByLabel('Statistics')).toContainText('Count408');
  const line = await commandOf(dialog);
  expect(line).toBe(`cairn inspect --stats ${join(run, best)}`);
  expect((await runLine(line)).stdout).toContain(weight);
  await expect(dialog.getByRole('img', { name: /^60 bins from −?\d/ })).toBeVisible();
  await expect(dialog.getByRole('img', { name: /^24 × 17 elements/ })).toBeVisible();
  await expectAccessible(page, '[role="dialog"]');
  await dialog.getByRole('button', { name: 'Magnitude' }).click();
  await expect(dialog.getByRole('img', { name: /bins from/ })).not.toHaveAttribute('aria-label', /^60/);
  await dialog.getByRole('button', { name: 'Bytes' }).click();
  await expect(dialog.getByRole('region', { name: 'Bytes' })).toHaveText(
    /^00000000 {2}([0-9a-f]{2} ){15}[0-9a-f]{2}\n00000010 /,
  );
  await expect(dialog).toContainText('of 1,632 in its storage');
  await expect(dialog).toContainText(/weights · storage .* · offset 0 · stride 17, 1 · saved from cpu/);
  await dialog.getByRole('button', { name: 'Numbers' }).click();
  await expect(dialog.getByRole('table').getByRole('row')).toHaveCount(25);

  const folder = await tempFolder('export');
  const npy = join(folder, 'weight.npy');
  await answerSaveDialog(app(), npy);
  await dialog.getByRole('button', { name: 'Export as .npy…' }).click();
  await expect(dialog).toContainText('Wrote weight.npy');
  const bytes = await readFile(npy);
  expect(bytes.subarray(0, 128).toString('latin1')).toContain("'shape': (24, 17)");
  expect(bytes.length).toBe(128 + 24 * 17 * 4);
  const shown = await dialog
    .getByRole('table')
    .getByRole('row')
    .nth(1)
    .getByRole('cell')
    .nth(0)
    .getAttribute('title');
  expect(bytes.readFloatLE(128)).toBeCloseTo(Number(shown?.replace('−', '-')), 6);

  await answerSaveDialog(app(), join(folder, 'weight.csv'));
  await dialog.getByRole('button', { name: 'Export as CSV…' }).click();
  await expect(dialog).toContainText('Wrote weight.csv');
  const lines = (await readFile(join(folder, 'weight.csv'), 'utf8')).trim().split('\n');
  expect(lines.map((line) => line.split(',').length)).toEqual(Array.from({ length: 24 }, () => 17));

  await answerSaveDialog(app(), npy);
  await dialog.getByRole('button', { name: 'Export as .npy…' }).click();
  await expect(dialog.getByRole('alert')).toContainText('a file of that name is there already');
  expect(await readFile(npy)).toEqual(bytes);
});

test('tensors and a module are chosen and exported together, to one file or to a folder', async () => {
  const page = await open(await copySampleRun());
  const details = await openContents(page, best);
  const folder = await tempFolder('export');
  await tensorOf(details, weight).click({ modifiers: ['Control'] });
  await tensorOf(details, weight.replace('weight', 'bias')).click({ modifiers: ['Control'] });
  await answerSaveDialog(app(), join(folder, 'some.npz'));
  await expectAccessible(page, '.details');
  await details.getByRole('button', { name: 'Export 2…' }).click();
  await expectAccessible(page, '[role="menu"]');
  await page.getByRole('menuitem', { name: 'Export as one .npz…' }).click();
  await expect(details).toContainText('Wrote 2 tensors to some.npz');
  await expectAccessible(page, '.details');
  const read = await readJson(['inspect', join(folder, 'some.npz')]);
  expect(read).toMatchObject({ format: 'npz', totals: { tensors: 2 }, problems: [] });

  await answerWithFolder(app(), folder);
  await details
    .getByRole('row', { name: /^trunk/ })
    .first()
    .click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Export as .npy in a folder…' }).click();
  await expect(details).toContainText('Wrote 4 tensors to');
  const [made = ''] = (await readdir(folder)).filter((name) => name.endsWith('-tensors'));
  expect(await readdir(join(folder, made))).toHaveLength(4);

  await answerWithFolder(app(), folder);
  await details.getByRole('button', { name: 'Export 2…' }).click();
  await page.getByRole('menuitem', { name: 'Export as .csv in a folder…' }).click();
  await expect(details).toContainText('-csv');
  const [texts = ''] = (await readdir(folder)).filter((name) => name.endsWith('-csv'));
  const names = await readdir(join(folder, texts));
  expect(names.map((name) => name.slice(-4))).toEqual(['.csv', '.csv']);
});

/** Makes the first element of the first storage of a torch file NaN. */
async function breakFirstStorage(path: string): Promise<void> {
  const bytes = await readFile(path);
  const header = bytes.lastIndexOf('PK\x03\x04', bytes.indexOf('/data/0'), 'latin1');
  const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  bytes.writeFloatLE(Number.NaN, start);
  await writeFile(path, bytes);
}

test('measuring all tensors finds the layer that is broken', async () => {
  const run = await copySampleRun();
  await breakFirstStorage(join(run, other));
  const page = await open(run);
  const whole = await openContents(page, best);
  await whole.getByRole('button', { name: 'Measure all' }).click();
  await expect(whole).toContainText('No NaN or infinity in what was measured.');
  await expect(tensorOf(whole, weight)).not.toHaveAttribute('data-broken');
  await expect(whole.getByRole('region', { name: 'Damaged bytes' })).toHaveCount(0);
  const broken = await openContents(page, other);
  await broken.getByRole('button', { name: 'Measure all' }).click();
  await expect(broken).toContainText('1 tensor with NaN or infinity.');
  await expect(broken.getByRole('region', { name: 'Damaged bytes' })).toContainText(
    'data/0 do not match the CRC in the archive: damaged',
  );
  await expect(tensorOf(broken, weight)).toHaveAttribute('data-broken', 'true');
  await expect(broken.getByRole('row', { name: /^trunk NaN, ∞ in 1/ })).toHaveAttribute(
    'data-broken',
    'true',
  );
  expect(await cutNumbers(broken)).toEqual([]);
  await broken.getByRole('button', { name: weight }).click();
  await expect(page.getByRole('dialog', { name: weight })).toContainText('Bytes of this file are damaged');
  await page.keyboard.press('Escape');
  // The other one was not touched: what was measured of it is there again.
  await expect(await openContents(page, best)).toContainText('No NaN or infinity in what was measured.');
});

/** A safetensors file with one tensor that takes long to read and no room: nothing but a hole. */
async function makeHuge(path: string): Promise<void> {
  const bytes = 8 * 1024 ** 3;
  const header = JSON.stringify({ huge: { dtype: 'F32', shape: [bytes / 4], data_offsets: [0, bytes] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  await writeFile(path, Buffer.concat([length, Buffer.from(header)]));
  await truncate(path, 8 + header.length + bytes);
}

test('a huge tensor is read when that is asked for, shows how far it is, and can be stopped', async () => {
  const run = await copySampleRun();
  const id = 'checkpoints/huge.safetensors';
  await makeHuge(join(run, id));
  const page = await open(run, 27);
  const details = await openContents(page, id);
  await details.getByRole('button', { name: 'Measure all' }).click();
  const bar = details.getByRole('progressbar', { name: 'Measuring all tensors' });
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  await details.getByRole('button', { name: 'Cancel' }).click();
  await expect(bar).toHaveCount(0);
  await expect(details.getByRole('button', { name: 'Measure all' })).toBeEnabled();
  const dialog = await openTensor(page, details, 'huge');
  await expect(dialog.getByRole('button', { name: 'Measure it (8.59 GB)' })).toBeVisible();
  await expect(dialog.getByRole('img', { name: /^1 × 96 elements/ })).toBeVisible();
});

test('a torn file tells what is wrong and still lists what can be recovered', async () => {
  const run = await copySampleRun();
  await truncate(join(run, best), 12_000);
  const page = await open(run);
  const details = await openContents(page, best);
  await expect(details.getByRole('region', { name: 'Problems of the file' })).toContainText(
    /missing|cut off/,
  );
  await expect(tensorOf(details, weight)).toBeVisible();
  // Which members another reader would find is not known, so that nothing is promised of them.
  const loading = details.getByRole('region', { name: 'Loading it' });
  await expect(loading).toContainText('May run code when loaded');
  await expect(loading).not.toContainText('Runs code when loaded');
});

test('a file that needs classes names them', async () => {
  const page = await open(await makeEdgeRun(), 10);
  const details = await openContents(page, 'checkpoints/whole_module.pt');
  const trust = details.getByRole('region', { name: 'Loading it' });
  await expect(trust).toHaveAttribute('data-trust', /needs-classes|runs-code/);
  await expect(trust.locator('.global[data-kind="code"]').first()).toBeVisible();
});

test('a file that runs code says so, with what it would call, and nothing of it is executed', async () => {
  const run = await copySampleRun();
  const touched = join(run, 'touched');
  await writeFile(join(run, 'checkpoints/evil.pt'), `cposix\nsystem\n(S'touch ${touched}'\ntR.`);
  const page = await open(run, 27);
  const details = await openContents(page, 'checkpoints/evil.pt');
  const trust = details.getByRole('region', { name: 'Loading it' });
  await expect(trust).toContainText('Runs code when loaded');
  await expect(trust.locator('.global')).toHaveText('posix.systemcalled');
  await expect(trust.locator('.global')).toHaveAttribute('title', 'First named at byte 0 of its pickle');
  await expect(readFile(touched)).rejects.toThrow('ENOENT');
});

test('all that is seen of a file is exported as the JSON of the command line', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await openContents(page, best);
  const target = join(await tempFolder('export'), 'contents.json');
  await answerSaveDialog(app(), target);
  await details.getByRole('button', { name: 'Export all of this as JSON…' }).click();
  await expect(details.getByText('Wrote contents.json')).toBeVisible();
  expect(JSON.parse(await readFile(target, 'utf8'))).toEqual(await readJson(['inspect', join(run, best)]));
});

test('a version that is gone is said to be, and the next one is shown', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await openContents(page, other);
  await rm(join(run, best));
  // Its row has another place by then.
  await expect(integrityOf(page, best)).toHaveAttribute('data-integrity', 'missing');
  await rowOf(page, best).locator('[data-column="version"]').click();
  await expect(details.getByRole('alert')).toContainText('cannot inspect');
  await openContents(page, other);
});
