import { createHash } from 'node:crypto';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../driver/accessible.ts';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { runLine } from '../driver/run-line.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount, integrityOf, selectVersion, statusLine } from '../driver/versions-table.ts';
import {
  answerWithFile,
  answerWithFolder,
  best,
  commandOf,
  contents,
  first,
  openDialog,
  press,
} from '../driver/written-run.ts';
import { copySampleRun, copyStableBaselinesRun } from '../fixtures/copy-runs.ts';

const { open, app } = openedRuns();
const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

test('chosen versions are exported, verified copies with their records, to a folder of one’s choice', async () => {
  const run = await copySampleRun();
  const before = await contents(run);
  const page = await open(run);
  const folder = await tempFolder('export');
  await answerWithFolder(app(), folder);
  const details = await selectVersion(page, best);
  await page.keyboard.press('Shift+ArrowDown');
  await press(details, 'Export…');
  await expect(page.getByText(`2 verified copies in ${folder}`)).toBeVisible();
  const names = await readdir(folder);
  expect(names.filter((name) => name.endsWith('.pt'))).toHaveLength(2);
  expect(names.filter((name) => name.endsWith('.json'))).toHaveLength(2);
  expect(await sha256(join(folder, best.split('/')[1] ?? ''))).toBe(await sha256(join(run, best)));
  expect(await contents(run)).toEqual(before);

  await press(details, 'Export…');
  await expect(page.getByText('a file of that name is in')).toBeVisible();
  expect(await readdir(folder)).toEqual(names);
});

test('a report of what verifying found is saved, to be read by a person and by a program', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await page.getByRole('button', { name: 'Verify run' }).click();
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible();
  const folder = await tempFolder('report');
  for (const [item, name] of [
    ['Save an integrity report…', 'report.html'],
    ['Save an integrity report as JSON…', 'report.json'],
  ] as const) {
    await answerWithFile(app(), join(folder, name));
    const menu = await openDialog(page, 'More about integrity', 'More about integrity');
    await expectAccessible(page);
    await press(menu, item);
    await expect(page.getByText(`The report is in ${name}`)).toBeVisible();
  }
  await app().electron.evaluate(({ shell }) => {
    shell.showItemInFolder = (path) => Object.assign(globalThis, { shownInFolder: path });
  });
  const toast = page.getByRole('alert').filter({ hasText: 'The report is in report.json' });
  await toast.getByRole('button', { name: 'Show in folder' }).click();
  const shown = () => app().electron.evaluate(() => Object(globalThis).shownInFolder);
  await expect.poll(shown).toBe(join(folder, 'report.json'));
  const html = await readFile(join(folder, 'report.html'), 'utf8');
  expect(html).toContain('2 versions have a fault');
  expect(html).toMatch(
    /The best is <code>[^<]+<\/code>, <span class="good">verified<\/span>:<br>best by sharpe, max: 1\.64/,
  );
  expect(html).toContain('the bytes differ from the checksum on record');
  expect(html).toContain('Restore it from a backup');
  expect(html).not.toContain('<script');
  const json = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'));
  expect(json.runs).toMatchObject([
    { folder: run, versions: 26, states: { verified: 21, mismatch: 1, torn: 1 } },
  ]);
  expect(json.runs[0].faults).toHaveLength(2);
});

test('files without a checksum are sealed after it is said what that does; then they verify', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await press(
    await openDialog(page, 'More about integrity', 'More about integrity'),
    'Seal files without a checksum…',
  );
  const dialog = page.getByRole('dialog', { name: 'Seal this run' });
  await expect(dialog.getByRole('status')).toHaveText('3 versions have no checksum on record.');
  await expect(dialog).toContainText('It cannot tell whether a file was damaged before today');
  expect(await commandOf(dialog)).toBe(`cairn seal ${run}`);
  await expectAccessible(page);
  await press(dialog, 'Seal');
  await expect(page.getByText('3 files sealed')).toBeVisible();
  await expect(dialog).toBeHidden();
  const list = await readFile(join(run, 'SHA256SUMS'), 'utf8');
  expect(list.trim().split('\n')).toHaveLength(3);
  for (const line of list.trim().split('\n')) {
    const [, sum = '', id = ''] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    expect(await sha256(join(run, id))).toBe(sum);
  }
  expect(await runLine(`cairn seal ${run} --json`)).toMatchObject({ stdout: '{"sealed":0,"files":[]}\n' });
});

test('where every version has a checksum, what goes with them is sealed all the same', async () => {
  const run = await copyStableBaselinesRun();
  const models = (await readdir(run)).filter((name) => name.endsWith('.zip'));
  const lines = await Promise.all(models.map(async (name) => `${await sha256(join(run, name))}  ${name}\n`));
  await writeFile(join(run, 'SHA256SUMS'), lines.join(''));
  const page = await open(run, models.length);
  await press(
    await openDialog(page, 'More about integrity', 'More about integrity'),
    'Seal files without a checksum…',
  );
  const dialog = page.getByRole('dialog', { name: 'Seal this run' });
  await expect(dialog.getByRole('status')).toHaveText('Every version has a checksum on record.');
  await press(dialog, 'Seal');
  await expect(page.getByText('11 files sealed')).toBeVisible();
  expect(await readFile(join(run, 'SHA256SUMS'), 'utf8')).toContain(
    '  rl_model_vecnormalize_10000_steps.pkl\n',
  );
});

test('a model of which something is torn is not sealed, and it is said why', async () => {
  const run = await copyStableBaselinesRun();
  await truncate(join(run, 'rl_model_replay_buffer_20000_steps.pkl'), 40);
  const models = (await readdir(run)).filter((name) => name.endsWith('.zip'));
  const page = await open(run, models.length);
  await press(
    await openDialog(page, 'More about integrity', 'More about integrity'),
    'Seal files without a checksum…',
  );
  const dialog = page.getByRole('dialog', { name: 'Seal this run' });
  await press(dialog, 'Seal');
  await expect(dialog.getByRole('status')).toHaveText(/^\d+ files sealed; 1 version was left out\.$/);
  await expect(dialog.getByRole('list', { name: 'Left out' })).toContainText(
    /rl_model_20000_steps\.zip.*rl_model_replay_buffer_20000_steps\.pkl: /,
  );
  await expectAccessible(page);
  await press(dialog, 'Done');
  await expect(dialog).toBeHidden();
});

test('all open runs are verified one after another', async () => {
  const runs = [await copySampleRun('one'), await copySampleRun('other')];
  const cairn: Cairn = await launchCairn({ runs });
  const { page } = cairn;
  await expectVersionCount(page, 26);
  await press(await openDialog(page, 'More about integrity', 'More about integrity'), 'Verify all open runs');
  for (const name of ['one', 'other']) {
    await page
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .first()
      .click();
    await expect(statusLine(page)).toContainText('1 mismatch, 1 torn, 21 verified, 3 unsealed');
    await expect(integrityOf(page, first)).toHaveAttribute('data-integrity', 'verified');
  }
  await cairn.close();
});
