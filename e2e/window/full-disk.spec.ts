import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openedRuns } from '../driver/opened-runs.ts';
import { readJson } from '../driver/run-cli.ts';
import { fillDisk, smallDisks } from '../driver/small-disk.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { expectVersionCount } from '../driver/versions-table.ts';
import { openDialog, press, recordsOf, showPage } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const { mount } = smallDisks();
const { open } = openedRuns();

test('on a full disk a run is pruned, that the trash has to be emptied is said, and it is emptied', async () => {
  const disk = join(await tempFolder('disk'), 'small');
  await mount(disk, '8m');
  const run = join(disk, 'run');
  await cp(await copySampleRun(), run, { recursive: true });
  await readJson(['trash', run, 'v1']);
  const page = await open(run, 25);
  await fillDisk(disk);
  const dialog = await openDialog(page, 'Prune…', 'Prune');
  await dialog.getByLabel('Keep best', { exact: true }).fill('3');
  await press(dialog, /^Move \d+ to trash$/);
  await expect(dialog).toBeHidden();
  await expectVersionCount(page, 13);
  await expect(
    page.getByRole('alert').filter({ hasText: 'what was moved takes as much room as before' }),
  ).toBeVisible();
  await fillDisk(disk);
  const trash = await showPage(page, 'Trash');
  await expect(recordsOf(trash)).toHaveCount(2);
  const asked = await openDialog(page, 'Empty trash…', 'Delete for good');
  await press(asked, 'Delete for good');
  await expect(asked).toBeHidden();
  await expect(trash).toContainText('The trash is empty');
});
