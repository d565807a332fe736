import type { ChildProcess } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { expectNothingSerious } from '../driver/accessible.ts';
import { holdLock } from '../driver/hold-lock.ts';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { runLine } from '../driver/run-line.ts';
import { cellOf, selectVersion, tableOf } from '../driver/versions-table.ts';
import { commandOf, undo } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const tenth = 'best_models/model_v0010_reward0.4186_20260302_113000.pt';
const eleventh = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';

const { open } = openedRuns();

let holder: ChildProcess | null = null;
test.afterEach(() => void holder?.kill('SIGKILL'));

interface Mark {
  id: string;
  pinned: boolean;
  notes: string | null;
  tags: string[] | null;
}

const marksIn = async (run: string): Promise<Mark[]> =>
  (JSON.parse(await readFile(join(run, '.cairn/marks.json'), 'utf8')) as { versions: Mark[] }).versions;
const markOf = async (run: string, id: string) => (await marksIn(run)).find((mark) => mark.id === id);
/** Notes on a field whether it is ever disabled. */
const watchDisabled = (field: Locator) =>
  field.evaluate((element) => {
    const note = () => {
      if (element.hasAttribute('disabled')) element.dataset['wasDisabled'] = 'yes';
    };
    new MutationObserver(note).observe(element, { attributes: true, attributeFilter: ['disabled'] });
  });

test('a pin is set by a click in its cell and by P for all that are chosen, and undone', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await cellOf(page, tenth, 'version').click();
  await cellOf(page, tenth, 'pinned').getByRole('button', { name: 'Pin v10' }).click();
  await expect(cellOf(page, tenth, 'pinned').getByRole('button', { pressed: true })).toBeVisible();
  expect(await markOf(run, tenth)).toMatchObject({ pinned: true });
  await undo(page, 'v10 is pinned');
  await expect(cellOf(page, tenth, 'pinned').getByRole('button', { pressed: false })).toBeVisible();
  expect(await marksIn(run)).toEqual([]);

  await tableOf(page).focus();
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('p');
  await expect(page.getByText('2 versions are pinned')).toBeVisible();
  expect((await marksIn(run)).map(({ id, pinned }) => [id, pinned]).sort()).toEqual([
    [tenth, true],
    [eleventh, true],
  ]);
});

test('what the command line pins, notes and backs up shows in an open window at once', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await selectVersion(page, tenth);
  await readJson(['pin', run, tenth]);
  await expect(cellOf(page, tenth, 'pinned').getByRole('button', { pressed: true })).toBeVisible();
  await readJson(['note', run, tenth, 'from the console']);
  await expect(details.getByRole('textbox', { name: 'Note' })).toHaveValue('from the console');
  await readJson(['backup', run, tenth]);
  await expect(cellOf(page, tenth, 'backups')).toHaveText('1');
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByRole('table', { name: 'History' }).getByRole('row')).toHaveCount(4);
  await readJson(['unpin', run, tenth]);
  await expect(page.getByRole('table', { name: 'History' }).getByRole('row')).toHaveCount(5);
});

test('tags and note are edited in the details, and kept on disk', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await selectVersion(page, tenth);
  const tags = details.getByRole('combobox', { name: 'Tags' });
  await tags.fill('shortlist');
  await tags.press('Enter');
  await expect(cellOf(page, tenth, 'tags')).toContainText('shortlist');
  expect((await markOf(run, tenth))?.tags).toContain('shortlist');
  const note = details.getByRole('textbox', { name: 'Note' });
  await note.fill('Holds up out of sample.\nTry it on paper.');
  await cellOf(page, eleventh, 'version').click();
  await expect(cellOf(page, tenth, 'notes')).toContainText('Holds up out of sample.');
  expect((await markOf(run, tenth))?.notes).toBe('Holds up out of sample.\nTry it on paper.');
  await undo(page, 'v10 is noted');
  await expect(cellOf(page, tenth, 'notes')).not.toContainText('Holds up');
  expect((await markOf(run, tenth))?.tags).toContain('shortlist');
});

test('a tag stands in the field before it is on disk: Backspace right after Enter takes away that one', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await selectVersion(page, tenth);
  const tags = details.getByRole('combobox', { name: 'Tags' });
  const shown = details.getByRole('region', { name: 'Tags and note' });
  await tags.fill('before');
  await tags.press('Enter');
  await expect(cellOf(page, tenth, 'tags')).toContainText('before');
  holder = await holdLock(run);
  await tags.fill(' typo ');
  await tags.press('Enter');
  await expect(shown.getByText('typo', { exact: true })).toBeVisible();
  await tags.press('Backspace');
  await expect(shown.getByText('typo', { exact: true })).toHaveCount(0);
  await expect(shown.getByText('before', { exact: true })).toBeVisible();
  await tags.fill('after');
  await tags.press('Enter');
  holder.kill('SIGKILL');
  await expect(cellOf(page, tenth, 'tags')).toContainText('after');
  expect((await markOf(run, tenth))?.tags?.slice(-2)).toEqual(['before', 'after']);
  await undo(page, 'v10 is tagged after');
  await expect(shown.getByText('after', { exact: true })).toHaveCount(0);
  expect((await markOf(run, tenth))?.tags).not.toContain('after');
});

test('a tag that cannot be kept leaves the field again, and it is said which and why', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await selectVersion(page, tenth);
  const tags = details.getByRole('combobox', { name: 'Tags' });
  await mkdir(join(run, '.cairn/marks.json'), { recursive: true });
  await tags.fill('lost');
  await tags.press('Enter');
  await expect(page.getByRole('alert')).toContainText('v10 is not tagged lost');
  await expect(page.getByRole('alert')).toContainText('marks.json');
  await expect(details.getByText('lost', { exact: true })).toHaveCount(0);
  await rm(join(run, '.cairn/marks.json'), { recursive: true });
  await tags.fill('kept');
  await tags.press('Enter');
  await expect(details.getByText('kept', { exact: true })).toBeVisible();
  await expect.poll(async () => (await markOf(run, tenth).catch(() => undefined))?.tags).toContain('kept');
});

test('F2 edits what is chosen beside the table: a tag for all of them, taken away from all again', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await selectVersion(page, tenth);
  await page.keyboard.press('Shift+ArrowUp');
  await page.keyboard.press('F2');
  const editor = page.getByRole('dialog', { name: 'Tags and note of 2 versions' });
  await expect(editor.getByRole('combobox', { name: 'Tags' })).toBeFocused();
  await expectNothingSerious(page);
  await page.keyboard.type('keep');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 versions are tagged keep')).toBeVisible();
  for (const id of [tenth, eleventh]) expect((await markOf(run, id))?.tags).toContain('keep');
  await expect(editor.getByText('keep', { exact: true })).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(page.getByText('2 versions are no longer tagged keep')).toBeVisible();
  for (const id of [tenth, eleventh]) expect((await markOf(run, id))?.tags).not.toContain('keep');
  await page.keyboard.press('Escape');
  await expect(editor).toHaveCount(0);
  await expect(tableOf(page)).toBeFocused();
});

test('Esc leaves a half-typed tag unmade; leaving its field makes it', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  await selectVersion(page, tenth);
  const before = await cellOf(page, tenth, 'tags').textContent();
  await page.keyboard.press('F2');
  const editor = page.getByRole('dialog', { name: 'Tags and note of v10' });
  await expect(editor.getByRole('combobox', { name: 'Tags' })).toBeFocused();
  await page.keyboard.type('can');
  await page.keyboard.press('Escape');
  await expect(editor).toHaveCount(0);
  await expect(tableOf(page)).toBeFocused();
  await page.keyboard.press('p');
  await expect(page.getByText('v10 is pinned')).toBeVisible();
  expect((await markOf(run, tenth))?.tags ?? []).not.toContain('can');
  await expect(cellOf(page, tenth, 'tags')).toHaveText(before ?? '');

  await page.keyboard.press('F2');
  await expect(editor.getByRole('combobox', { name: 'Tags' })).toBeFocused();
  await page.keyboard.type('candidate');
  await editor.getByRole('textbox', { name: 'Note' }).focus();
  await expect(cellOf(page, tenth, 'tags')).toContainText('candidate');
  expect((await markOf(run, tenth))?.tags).toContain('candidate');
});

test('what is noted beside the table is told as lines for a terminal, which note the same', async () => {
  const [run, other] = [await copySampleRun(), await copySampleRun()];
  const page = await open(run);
  await selectVersion(page, tenth);
  await page.keyboard.press('p');
  await page.keyboard.press('F2');
  const editor = page.getByRole('dialog', { name: 'Tags and note of v10' });
  await expect(editor.getByRole('combobox', { name: 'Tags' })).toBeFocused();
  await page.keyboard.type('-odd one');
  await page.keyboard.press('Enter');
  await expect.poll(() => commandOf(editor)).toContain("'+-odd one'");
  await page.keyboard.type('typo');
  await page.keyboard.press('Enter');
  await expect(editor.getByText('typo', { exact: true })).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(editor.getByText('typo', { exact: true })).toHaveCount(0);
  await editor.getByRole('textbox', { name: 'Note' }).fill("It's whole");
  const lines = await commandOf(editor);
  expect(lines.split('\n').map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'cairn pin',
    'cairn tag',
    'cairn note',
  ]);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(editor).toHaveCount(0);
  expect(await runLine(lines.replaceAll(run, other))).toMatchObject({ code: 0 });
  expect(await markOf(other, tenth)).toEqual(await markOf(run, tenth));
});

test('a tag that was there is taken away by the line too', async () => {
  const run = await copySampleRun();
  await readJson(['tag', run, tenth, '+draft']);
  const page = await open(run);
  await selectVersion(page, tenth);
  await page.keyboard.press('F2');
  const editor = page.getByRole('dialog', { name: 'Tags and note of v10' });
  await expect(editor.getByRole('combobox', { name: 'Tags' })).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(editor.getByText('draft', { exact: true })).toHaveCount(0);
  await expect.poll(() => commandOf(editor)).toMatch(/^cairn tag -- .* -draft/);
});

test('a double click on a note edits it there; Esc leaves it, Ctrl+Enter keeps it', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const cell = cellOf(page, tenth, 'notes');
  await cell.dblclick();
  const note = page.getByRole('dialog').getByRole('textbox', { name: 'Note' });
  await expect(note).toBeFocused();
  const before = await note.inputValue();
  await page.keyboard.type('not this');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await cell.dblclick();
  await expect(note).toHaveValue(before);
  await note.fill('this');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(cell).toHaveText('this');
  expect((await markOf(run, tenth))?.notes).toBe('this');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a note that cannot be kept stays where it was written, until it can', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const note = (await selectVersion(page, tenth)).getByRole('textbox', { name: 'Note' });
  await mkdir(join(run, '.cairn/marks.json'), { recursive: true });
  await note.fill('Holds up out of sample.');
  await note.press('ControlOrMeta+Enter');
  await expect(page.getByRole('alert')).toContainText('marks.json');
  await expect(note).toHaveValue('Holds up out of sample.');
  await rm(join(run, '.cairn/marks.json'), { recursive: true });
  await note.press('ControlOrMeta+Enter');
  await expect(cellOf(page, tenth, 'notes')).toContainText('Holds up');
  expect((await markOf(run, tenth))?.notes).toBe('Holds up out of sample.');
});

test('a long note can be written on while its version changes', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const note = (await selectVersion(page, tenth)).getByRole('textbox', { name: 'Note' });
  const long = 'Holds up out of sample. '.repeat(60);
  await note.fill(long);
  await note.press('ControlOrMeta+Enter');
  await expect(cellOf(page, tenth, 'notes')).toContainText('Holds up');
  expect((await markOf(run, tenth))?.notes).toBe(long);
  await expect(note).toHaveValue(long);
  await watchDisabled(note);
  await note.press('End');
  const sidecar = join(run, tenth.replace('.pt', '.json'));
  await writeFile(sidecar, (await readFile(sidecar, 'utf8')).replace(/"sharpe": [\d.]+/, '"sharpe": 7.7777'));
  await expect(cellOf(page, tenth, 'metric:sharpe')).toHaveText('7.7777');
  await note.pressSequentially('And on paper.');
  await expect(note).toBeFocused();
  await expect(note).toHaveValue(`${long}And on paper.`);
  expect(await note.evaluate((field) => field.dataset['wasDisabled'])).toBeUndefined();
});

test('a note that somebody else changes meanwhile is told to whoever writes it, who keeps what was written', async () => {
  const run = await copySampleRun();
  const page = await open(run);
  const details = await selectVersion(page, tenth);
  const note = details.getByRole('textbox', { name: 'Note' });
  await note.fill('mine');
  await readJson(['note', run, tenth, 'from the console']);
  await expect(details).toContainText('The note was changed meanwhile: “from the console”.');
  await expect(note).toHaveValue('mine');
  await note.press('ControlOrMeta+Enter');
  await expect(details).not.toContainText('changed meanwhile');
  expect((await markOf(run, tenth))?.notes).toBe('mine');
  await undo(page, 'v10 is noted');
  await expect(note).toHaveValue('from the console');
});

test('a run that must not be written to is marked elsewhere, and stays as it is', async () => {
  const run = await copySampleRun();
  await chmod(run, 0o555);
  const page = await open(run);
  await selectVersion(page, tenth);
  await tableOf(page).focus();
  await page.keyboard.press('p');
  await expect(cellOf(page, tenth, 'pinned').getByRole('button', { pressed: true })).toBeVisible();
  await expect(readFile(join(run, '.cairn/marks.json'))).rejects.toThrow('ENOENT');
  await chmod(run, 0o755);
});
