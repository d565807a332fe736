import { expect, test } from '@playwright/test';
import { launchCairn } from '../driver/launch-cairn.ts';
import { readJson } from '../driver/run-cli.ts';
import { cellOf, expectVersionCount, selectVersion } from '../driver/versions-table.ts';
import { best, showPage } from '../driver/written-run.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const written = '2026-03-02T11:42:00';

test('times are written as the system’s locale does, with every digit on record in their hover text', async () => {
  test.skip(process.platform !== 'linux', 'elsewhere no variable says which locale it is');
  const run = await copySampleRun();
  await readJson(['pin', run, best]);
  const cairn = await launchCairn({ runs: [run], locale: 'de_DE.UTF-8' });
  const { page } = cairn;
  await expectVersionCount(page, 26);
  const cell = cellOf(page, best, 'time');
  await expect(cell).toHaveText('02.03.2026, 11:42:00');
  await expect(cell).toHaveAttribute('title', new RegExp(`^02\\.03\\.2026, 11:42:00 \\(${written}`));
  const details = await selectVersion(page, best);
  await expect(details.getByTitle(written)).toHaveText('02.03.2026, 11:42:00');
  const history = await showPage(page, 'History');
  await expect(history.locator('[data-column="when"] [title]').first()).toHaveAttribute(
    'title',
    /^\d\d\.\d\d\.\d{4}, \d\d:\d\d:\d\d \(\d{4}-\d\d-\d\dT.*Z\)$/,
  );
  await cairn.close();
});

test('where the system names no language times are written as ISO 8601', async () => {
  const run = await copySampleRun();
  const cairn = await launchCairn({ runs: [run] });
  await expect(cellOf(cairn.page, best, 'time')).toHaveText('2026-03-02 11:42:00');
  await cairn.close();
});
